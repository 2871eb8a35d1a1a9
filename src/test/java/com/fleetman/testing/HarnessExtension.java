package com.fleetman.testing;

import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.test.impl.client.deployment.AnnotationDeploymentScenarioGenerator;
import org.jboss.arquillian.container.test.spi.client.deployment.DeploymentScenarioGenerator;
import org.jboss.arquillian.core.spi.LoadableExtension;

/** Puts the harness into Arquillian; found through META-INF/services. */
public final class HarnessExtension implements LoadableExtension {

    @Override
    public void register(ExtensionBuilder builder) {
        builder.observer(Harness.class)
                .service(DeployableContainer.class, ManagedNode.class)
                .override(
                        DeploymentScenarioGenerator.class,
                        AnnotationDeploymentScenarioGenerator.class,
                        DefaultDeployment.class);
    }
}
