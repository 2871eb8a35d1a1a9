package com.fleetman.dev;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.catalina.Container;
import org.apache.catalina.Context;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Tomcat;
import org.jspecify.annotations.Nullable;

/** The embedded Tomcat with the exploded war as its root application, as a stand-alone Tomcat would run it. */
final class LocalTomcat implements AutoCloseable {
    private static final String MAX_CONNECTIONS = "20000";
    private static final String ACCEPT_COUNT = "16384";
    private static final String CONNECTION_TIMEOUT_MS = "20000";

    /** What a stream costs: these two buffers are kept for every open connection. See docs/operations.md. */
    private static final Map<String, String> SMALL_BUFFERS =
            Map.of("socket.appReadBufSize", "512", "socket.appWriteBufSize", "4096", "socket.bufferPool", "0");

    private final Tomcat tomcat = new Tomcat();
    private final String host;
    private final int port;
    private @Nullable Preparation preparation;
    private @Nullable RefusedStart refusal;

    /** Something to be done once the application has started and before it serves. */
    interface Preparation {
        void prepare() throws RefusedStart;
    }

    /** @param base Tomcat's own files: compiled things, temporary things */
    LocalTomcat(String host, int port, Path base, Path war) {
        this.host = host;
        this.port = port;
        tomcat.setBaseDir(base.toString());
        tomcat.setAddDefaultWebXmlToWebapp(false);
        tomcat.enableNaming();
        tomcat.setConnector(connector());
        tomcat.getEngine().setParentClassLoader(new ContainerClasses());
        ((StandardHost) tomcat.getHost()).setErrorReportValveClass(ProblemValve.class.getName());
        Context context = tomcat.addWebapp("", war.toString());
        context.addLifecycleListener(event -> {
            if (Lifecycle.BEFORE_START_EVENT.equals(event.getType())) {
                addDefaults(context);
            } else if (Lifecycle.AFTER_START_EVENT.equals(event.getType())) {
                prepare();
            }
        });
    }

    /** Has something done once the application has started and before it serves; call it before the start. */
    void beforeRequests(Preparation prepared) {
        preparation = prepared;
    }

    private void prepare() {
        Preparation prepared = preparation;
        if (prepared != null) {
            try {
                prepared.prepare();
            } catch (RefusedStart e) {
                refusal = e;
            }
        }
    }

    /** What conf/web.xml of a stand-alone Tomcat says, but for JSP: there is no compiler for it in this JVM. */
    private static void addDefaults(Context context) {
        Tomcat.initWebappDefaults(context);
        context.removeServletMapping("*.jsp");
        context.removeServletMapping("*.jspx");
        Container jsp = context.findChild("jsp");
        if (jsp != null) {
            context.removeChild(jsp);
        }
    }

    private Connector connector() {
        var connector = new Connector();
        connector.setPort(port);
        connector.setThrowOnFailure(true);
        connector.setProperty("address", host);
        connector.setProperty("maxConnections", MAX_CONNECTIONS);
        connector.setProperty("acceptCount", ACCEPT_COUNT);
        connector.setProperty("connectionTimeout", CONNECTION_TIMEOUT_MS);
        connector.setProperty("maxKeepAliveRequests", "-1");
        SMALL_BUFFERS.forEach(connector::setProperty);
        return connector;
    }

    /** Asked before anything slow is started; whoever takes the port meanwhile is found at the start. */
    static void requireFree(String host, int port) throws RefusedStart {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            InetAddress address = InetAddress.getByName(host);
            socket.bind(new InetSocketAddress(address, port), 1);
        } catch (UnknownHostException e) {
            throw new RefusedStart("FLEETMAN_HTTP_HOST must be an address of this machine, but is \"" + host + "\".");
        } catch (IOException e) {
            throw portUnusable(host, port, e);
        }
    }

    /** @return the port it listens on */
    int start() throws RefusedStart {
        try {
            tomcat.start();
        } catch (LifecycleException e) {
            throw asRefusal(e);
        }
        if (refusal != null) {
            throw refusal;
        }
        for (Container application : tomcat.getHost().findChildren()) {
            if (!application.getState().isAvailable()) {
                throw new RefusedStart("The application did not start: the messages above say why.");
            }
        }
        return tomcat.getConnector().getLocalPort();
    }

    private RefusedStart asRefusal(LifecycleException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException bind) {
                return portUnusable(host, port, bind);
            }
        }
        return new RefusedStart("Tomcat did not start: " + failure.getMessage());
    }

    private static RefusedStart portUnusable(String host, int port, IOException cause) {
        return new RefusedStart("Port " + port + " of " + host + " cannot be used (" + cause.getMessage()
                + "); set FLEETMAN_HTTP_PORT to another one.");
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }
}
