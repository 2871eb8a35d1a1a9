package com.fleetman.testing;

import java.util.List;
import org.jboss.arquillian.container.spi.client.deployment.DeploymentDescription;
import org.jboss.arquillian.container.test.impl.client.deployment.AnnotationDeploymentScenarioGenerator;
import org.jboss.arquillian.container.test.spi.client.deployment.DeploymentScenarioGenerator;
import org.jboss.arquillian.test.spi.TestClass;

/** A test class that declares no deployment gets the war as it is or with the probes. Public, since Arquillian makes it by reflection. */
public final class DefaultDeployment implements DeploymentScenarioGenerator {

    private final DeploymentScenarioGenerator declared = new AnnotationDeploymentScenarioGenerator();

    @Override
    public List<DeploymentDescription> generate(TestClass testClass) {
        List<DeploymentDescription> deployments = declared.generate(testClass);
        return deployments.isEmpty() ? List.of(war(testClass)) : deployments;
    }

    private static DeploymentDescription war(TestClass testClass) {
        boolean probes = testClass.getAnnotation(InContainer.class).probes();
        DeploymentDescription description =
                new DeploymentDescription("war", probes ? Deployments.probed() : Deployments.plain());
        description.shouldBeTestable(false);
        return description;
    }
}
