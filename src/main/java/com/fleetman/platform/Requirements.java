package com.fleetman.platform;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The first of the application to run. Says in one sentence what the server lacks, and goes on with the part of the
 * application that is for this kind of server. Compiled for Java 11, the oldest that any server of Jakarta EE 10 runs
 * on, so it can also say that Java is too old; hence it uses nothing else of ours before that is known.
 */
public final class Requirements implements ServletContainerInitializer {
    private static final int OLDEST_JAVA = 21;

    /** A class of Tomcat's own that no other server has, although some have much of Tomcat inside. */
    private static final String OF_TOMCAT = "org.apache.catalina.startup.Tomcat";

    private static final String TOMCAT_PART = "com.fleetman.platform.tomcat.TomcatServer";
    private static final String SERVER_PART = "com.fleetman.platform.server.JakartaServer";

    /** One class of each part of Jakarta EE 10 that is needed, and what to call it. */
    private static final String[][] NEEDED = {
        {"jakarta.ws.rs.core.Application", "Jakarta REST"},
        {"jakarta.enterprise.inject.spi.CDI", "Jakarta Contexts and Dependency Injection"},
        {"jakarta.transaction.TransactionSynchronizationRegistry", "Jakarta Transactions"},
        {"jakarta.persistence.EntityManager", "Jakarta Persistence"},
        {"jakarta.enterprise.concurrent.ManagedScheduledExecutorService", "Jakarta Concurrency"},
    };

    @Override
    public void onStartup(Set<Class<?>> classes, ServletContext context) throws ServletException {
        String missing = missing(Runtime.version().feature(), Requirements::isPresent);
        if (!missing.isEmpty()) {
            throw new Refused(missing);
        }
        ServletContainerInitializer part = part(ServletContainerInitializer.class, Requirements::isPresent);
        part.onStartup(classes, context);
    }

    /** The sentence to refuse with, or an empty text. */
    static String missing(int java, Predicate<String> present) {
        if (java < OLDEST_JAVA) {
            return "FleetMan needs Java " + OLDEST_JAVA + " or newer, and this server runs on Java " + java + ".";
        }
        boolean tomcat = present.test(OF_TOMCAT);
        if (!tomcat && !present.test(SERVER_PART)) {
            return "This is FleetMan's war for Tomcat, and this server is none: deploy fleetman.war instead.";
        }
        for (String[] needed : NEEDED) {
            if (!present.test(needed[0])) {
                return "This server has no " + needed[1] + " (" + needed[0] + "), which fleetman.war needs: "
                        + (tomcat
                                ? "on Tomcat deploy fleetman-tomcat.war instead."
                                : "it runs on servers with the Jakarta EE 10 platform.");
            }
        }
        if (tomcat && !present.test(TOMCAT_PART)) {
            return "This is FleetMan's war for Jakarta EE servers: on Tomcat deploy fleetman-tomcat.war instead.";
        }
        return "";
    }

    /** A new instance of the part of the application that is for this server. */
    static <T> T part(Class<T> type, Predicate<String> present) {
        String name = present.test(OF_TOMCAT) ? TOMCAT_PART : SERVER_PART;
        try {
            return type.cast(load(name).getConstructor().newInstance());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this war is not complete: " + name + " cannot be used", e);
        }
    }

    static <T> T part(Class<T> type) {
        return part(type, Requirements::isPresent);
    }

    private static boolean isPresent(String name) {
        try {
            load(name);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        } catch (LinkageError e) {
            return false;
        }
    }

    private static Class<?> load(String name) throws ClassNotFoundException {
        return Class.forName(name, false, Requirements.class.getClassLoader());
    }

    /** Servers log the exception that ended a deployment: without a stack trace it is the one sentence to read. */
    public static final class Refused extends ServletException {
        private static final long serialVersionUID = 1L;

        public Refused(String sentence) {
            super(sentence);
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}
