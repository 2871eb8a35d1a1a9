package com.fleetman.dev;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What can be set for the development run beside the settings of the application, by environment variable or by the
 * system property of the same meaning ({@code FLEETMAN_HTTP_PORT} is {@code fleetman.http.port}), which wins.
 *
 * @param host address to listen on
 * @param port 0 takes a free one
 * @param dataDirectory where the database and the secrets of the run live
 * @param externalDatabase JDBC URL of a PostgreSQL to use instead of the embedded one
 * @param demoData whether demo accounts are wanted; empty if nobody said so
 * @param loadUsers how many accounts for a load test are wanted
 */
record DevSettings(
        String host,
        int port,
        Path dataDirectory,
        Optional<String> externalDatabase,
        Optional<Boolean> demoData,
        int loadUsers) {
    private static final int MOST = 65_535;
    private static final int MOST_LOAD_USERS = 1_000_000;

    static DevSettings load() throws RefusedStart {
        return from(System::getenv, System::getProperty);
    }

    /** Both functions answer null for a name they do not have. */
    static DevSettings from(UnaryOperator<String> environment, UnaryOperator<String> properties) throws RefusedStart {
        var source = new Source(environment, properties);
        return new DevSettings(
                source.find("FLEETMAN_HTTP_HOST").orElse("127.0.0.1"),
                port(source.find("FLEETMAN_HTTP_PORT").orElse("8080")),
                directory(source.find("FLEETMAN_DATA_DIR").orElse(".data")),
                source.find("FLEETMAN_DB_URL"),
                flag(source.find("FLEETMAN_DEMO_DATA")),
                loadUsers(source.find("FLEETMAN_LOAD_USERS").orElse("0")));
    }

    /** Gives the application a value for a setting that nobody has set. */
    static void useUnlessSet(String name, String value) {
        if (new Source(System::getenv, System::getProperty).find(name).isEmpty()) {
            use(name, value);
        }
    }

    /** The value of a setting of the application; empty if nobody has set it. */
    static String get(String name) {
        return get(name, "");
    }

    /** The value of a setting of the application, or what it is if nobody has set it. */
    static String get(String name, String otherwise) {
        return new Source(System::getenv, System::getProperty).find(name).orElse(otherwise);
    }

    static void use(String name, String value) {
        System.setProperty(propertyName(name), value);
    }

    private static int port(String text) throws RefusedStart {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= MOST) {
                return port;
            }
        } catch (NumberFormatException e) {
            // said below, in the same words as a number out of range
        }
        throw new RefusedStart("FLEETMAN_HTTP_PORT must be a whole number from 0 (any free port) to " + MOST
                + ", but is \"" + text + "\".");
    }

    private static int loadUsers(String text) throws RefusedStart {
        try {
            int users = Integer.parseInt(text);
            if (users >= 0 && users <= MOST_LOAD_USERS) {
                return users;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new RefusedStart("FLEETMAN_LOAD_USERS must be a whole number from 0 to " + MOST_LOAD_USERS + ", but is \""
                + text + "\".");
    }

    private static Path directory(String text) throws RefusedStart {
        try {
            return Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new RefusedStart("FLEETMAN_DATA_DIR must be a directory, but is \"" + text + "\".");
        }
    }

    private static Optional<Boolean> flag(Optional<String> text) throws RefusedStart {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return switch (text.get().toLowerCase(Locale.ROOT)) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default ->
                throw new RefusedStart("FLEETMAN_DEMO_DATA must be true or false, but is \"" + text.get() + "\".");
        };
    }

    private static String propertyName(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '.');
    }

    private record Source(UnaryOperator<String> environment, UnaryOperator<String> properties) {
        Optional<String> find(String name) {
            return Optional.ofNullable(properties.apply(propertyName(name)))
                    .filter(value -> !value.isBlank())
                    .or(() -> Optional.ofNullable(environment.apply(name)).filter(value -> !value.isBlank()))
                    .map(String::strip);
        }
    }
}
