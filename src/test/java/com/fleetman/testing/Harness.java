package com.fleetman.testing;

import org.jboss.arquillian.container.spi.ContainerRegistry;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.test.spi.event.suite.AfterClass;
import org.jboss.arquillian.test.spi.event.suite.AfterSuite;

/** Brings the database up before Arquillian starts the server, and everything down after it has stopped it. */
final class Harness {

    /** After Arquillian's own observers, which stop the container. */
    private static final int LATE = -100;

    /** Before Arquillian's own observers, which undeploy. */
    private static final int EARLY = 100;

    /** The container of arquillian.xml is known and not yet started. */
    void prepare(@Observes ContainerRegistry registry) {
        Processes.killLeftovers();
        // Also if the run is interrupted, or fails before the suite has begun.
        Runtime.getRuntime().addShutdownHook(new Thread(Harness::stop, "stop of the test servers"));
        TestDatabase.start();
    }

    /** A test may leave its damage behind: the next class finds one node, running. */
    void repair(@Observes(precedence = EARLY) AfterClass event) {
        Node.second().stopIfRunning();
        if (!Node.first().isRunning()) {
            Node.first().start();
        }
    }

    void finish(@Observes(precedence = LATE) AfterSuite event) {
        stop();
    }

    private static synchronized void stop() {
        Node.second().stopIfRunning();
        Node.first().stopIfRunning();
        TestDatabase.stop();
    }

    /** A system property that the build passes to the tests. */
    static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException(
                    name + " is not set: in-container tests are run by Maven (mvn verify), which passes it.");
        }
        return value;
    }
}
