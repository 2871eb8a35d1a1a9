package com.fleetman.testing;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One kind of server that the war runs on, for one node: how its directory is laid out, how it is started, and how an
 * operator puts the application on it. Everything else that tests do is the same on all of them.
 */
interface Server {

    /** Where the servers' distributions lie, and where the node may write; ports are free ones of the loopback. */
    record Place(Path home, Path base, int port, int adminPort) {}

    /** The one that this run of the tests is about. */
    static Server at(Path base, int port, int adminPort) {
        Place place =
                new Place(Path.of(Harness.property("fleetman.test.home")).toAbsolutePath(), base, port, adminPort);
        return switch (Harness.property("fleetman.test.server")) {
            case "tomcat" -> new Tomcat(place);
            case "wildfly" -> new WildFly(place);
            case "payara-server" -> new PayaraServer(place);
            case "payara-micro" -> new PayaraMicro(place);
            default -> throw new IllegalStateException("fleetman.test.server names no server that is known here.");
        };
    }

    /** Makes the node's directory anew, with nothing deployed. */
    void prepare();

    /**
     * The command line that runs the server in the foreground.
     *
     * @param javaHome the JDK to run on
     */
    List<String> command(Path javaHome, List<String> vmArguments);

    /** Whether applications come and go while the server runs; else each change takes a new start of the server. */
    default boolean redeploys() {
        return true;
    }

    /** Puts the war where the server finds it when it starts. */
    void install(Path war);

    /**
     * Deploys the war to the running server and waits until that is done.
     *
     * @throws IllegalStateException with the server's words, if it fails
     */
    void deploy(Path war);

    void undeploy();

    void stopApplication();

    void startApplication();

    /** Where the server writes what it logs. */
    default Path logs() {
        return place().base().resolve("logs");
    }

    /** Where an operator's data source is found, or empty if this server cannot be given one by a file. */
    default Optional<String> dataSourceName() {
        return Optional.empty();
    }

    /** The jar of PostgreSQL's driver. */
    static Path driver() {
        try {
            return Path.of(org.postgresql.Driver.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Configures that data source, after {@link #prepare}, with PostgreSQL's own driver. */
    default void configureDataSource(String url, String user) {
        throw new UnsupportedOperationException(this + " cannot be given a data source.");
    }

    /** Whether its configuration bounds what the kernel takes for a client that reads nothing. */
    default boolean boundsSendBuffer() {
        return true;
    }

    /** What a request may be answered while the application is being taken away or put back. */
    default List<Integer> statusesWhileAway() {
        return List.of(404, 503);
    }

    /** What the log says if the server runs on a Java that is older than the application's classes. */
    String refusalOfOldJava();

    Place place();
}
