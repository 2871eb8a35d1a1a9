package com.fleetman.testing;

import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.descriptor.api.Descriptor;

/** {@link Node#first} as Arquillian sees it, whatever the server. Public, since Arquillian makes it by reflection. */
public final class ManagedNode implements DeployableContainer<ManagedNode.Configuration> {

    /** Nothing to be configured: see {@link Node}. */
    public static final class Configuration implements ContainerConfiguration {
        @Override
        public void validate() {
            // nothing that could be wrong
        }
    }

    @Override
    public Class<Configuration> getConfigurationClass() {
        return Configuration.class;
    }

    @Override
    public void setup(Configuration configuration) {
        // nothing to set up
    }

    /** The tests stay outside of the server and speak HTTP to it. */
    @Override
    public ProtocolDescription getDefaultProtocol() {
        return new ProtocolDescription("Local");
    }

    @Override
    public void start() {
        Node.first().prepare();
    }

    @Override
    public void stop() {
        Node.first().stopIfRunning();
    }

    @Override
    public ProtocolMetaData deploy(Archive<?> archive) {
        Node.first().deploy(archive);
        return new ProtocolMetaData();
    }

    /** The war stays until another one takes its place: most test classes want the same. */
    @Override
    public void undeploy(Archive<?> archive) {
        // see above
    }

    @Override
    @Deprecated
    public void deploy(Descriptor descriptor) {
        throw new UnsupportedOperationException();
    }

    @Override
    @Deprecated
    public void undeploy(Descriptor descriptor) {
        throw new UnsupportedOperationException();
    }
}
