package com.fleetman.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The one PostgreSQL 18 of the test run. */
public final class TestDatabase {

    static final String USER = "postgres";

    private static final String NAME = "fleetman";
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final int PORT = Processes.freePort();

    private static @Nullable EmbeddedPostgres server;

    private TestDatabase() {}

    /** JDBC URL of the application's database; the user is {@code postgres}, without a password. */
    public static String url() {
        return "jdbc:postgresql://127.0.0.1:" + PORT + "/" + NAME;
    }

    /** A connection of the test's own, in autocommit mode. The caller closes it. */
    public static Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), USER, "");
    }

    /** Ends PostgreSQL as {@code pg_ctl stop -m fast} does (open transactions are rolled back) and starts it again. */
    public static synchronized void restart() {
        stopServer();
        startServer();
    }

    /** For tests of a longer absence; {@link #startServer} must follow. */
    public static synchronized void stopServer() {
        if (server == null) {
            return;
        }
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server = null;
    }

    public static synchronized void startServer() {
        try {
            server = EmbeddedPostgres.builder()
                    .setPort(PORT)
                    .setDataDirectory(directory().resolve("data"))
                    .setCleanDataDirectory(false)
                    .setOverrideWorkingDirectory(directory().resolve("bin").toFile())
                    .setServerConfig("unix_socket_directories", "")
                    .setServerConfig("max_connections", "200")
                    .setPGStartupWait(START_LIMIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start.", e);
        }
    }

    static synchronized void start() {
        deleteFiles();
        startServer();
        try (Connection connection = DriverManager.getConnection(url().replace("/" + NAME, "/postgres"), USER, "");
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + NAME);
        } catch (SQLException e) {
            throw new IllegalStateException("The test database could not be created.", e);
        }
    }

    static synchronized void stop() {
        stopServer();
        deleteFiles();
    }

    private static void deleteFiles() {
        try {
            Directories.delete(directory());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path directory() {
        return Processes.directory().resolve("postgres");
    }
}
