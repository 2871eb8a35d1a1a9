package com.fleetman.dev;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;

/**
 * The embedded PostgreSQL: real programs on a data directory that lasts. Started through {@code pg_ctl}, which puts it
 * into a session of its own: Ctrl-C in a terminal reaches this JVM only, so Tomcat stops first and the database last.
 */
final class LocalPostgres implements AutoCloseable {
    static final String USER = "fleetman";
    private static final String DATABASE = "fleetman";
    private static final Logger LOG = Logger.getLogger(LocalPostgres.class.getName());
    private static final int START_SECONDS = 60;
    private static final int INIT_SECONDS = 180;
    private static final int STOP_SECONDS = 20;
    private static final int ATTEMPTS = 3;

    private final Path programs;
    private final Path cluster;
    private final Path initialising;
    private final Path log;
    private final Path passwordFile;
    private final List<String> prefix;
    private boolean closed;

    private LocalPostgres(DataDirectory data, Path programs, List<String> prefix) {
        this.programs = programs;
        this.cluster = data.resolve("postgres");
        this.initialising = data.resolve("postgres.initialising");
        this.log = data.resolve("postgres.log");
        this.passwordFile = data.resolve("postgres-password");
        this.prefix = prefix;
    }

    static LocalPostgres in(DataDirectory data) throws RefusedStart {
        data.secret("postgres-password");
        return new LocalPostgres(data, PostgresPrograms.unpacked(data.path()), Unprivileged.prefix());
    }

    /**
     * Starts it, on a free port of the loopback address.
     *
     * @return where the application's database is
     */
    synchronized Database start() throws RefusedStart {
        try {
            stopLeftover();
            initialiseOnce();
            for (int attempt = 1; !closed; attempt++) {
                int port = freePort();
                Files.deleteIfExists(log);
                if (postgresStarted(port)) {
                    Files.deleteIfExists(initialising);
                    return database(port).createdUnlessPresent();
                }
                if (attempt == ATTEMPTS) {
                    throw new RefusedStart("PostgreSQL did not start: " + lastWords() + " (see " + log + ")");
                }
                // A port taken a moment ago, or a predecessor whose last processes are still ending.
                TimeUnit.SECONDS.sleep(1);
            }
            throw new RefusedStart("PostgreSQL was stopped while it started.");
        } catch (IOException e) {
            throw DataDirectory.unusable(cluster, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedStart("The start was interrupted.");
        }
    }

    private Database database(int port) throws IOException {
        String password = Files.readString(passwordFile).strip();
        return new Database("jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE, USER, password);
    }

    /** A run that was killed leaves its PostgreSQL behind, or only the file that says so. */
    private void stopLeftover() throws IOException, InterruptedException, RefusedStart {
        Optional<Postmaster> leftover = Postmaster.of(cluster);
        if (leftover.isEmpty()) {
            return;
        }
        Postmaster postmaster = leftover.get();
        if (postmaster.isRunning()) {
            LOG.warning(
                    () -> "stopping the PostgreSQL that an earlier run left behind (process " + postmaster.pid() + ")");
            if (!stopped()) {
                throw new RefusedStart(
                        "A PostgreSQL of an earlier run does not stop: end process " + postmaster.pid() + " by hand.");
            }
        } else {
            // PostgreSQL would take any process with this number for itself and refuse to start.
            Files.deleteIfExists(cluster.resolve(Postmaster.FILE));
        }
    }

    /** What an interrupted first start has left is made anew: nothing was ever stored in it. */
    private void initialiseOnce() throws IOException, InterruptedException, RefusedStart {
        if (Files.exists(initialising)) {
            PostgresPrograms.delete(cluster);
        }
        if (Files.exists(cluster.resolve("PG_VERSION"))) {
            return;
        }
        Files.deleteIfExists(log);
        Files.writeString(initialising, "The database beside this file is not complete yet.\n");
        boolean done = ran(
                INIT_SECONDS,
                "initdb",
                "--pgdata=" + cluster,
                "--username=" + USER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions");
        if (!done) {
            throw new RefusedStart(
                    "PostgreSQL could not make its data directory: " + lastWords() + " (see " + log + ")");
        }
    }

    private boolean postgresStarted(int port) throws IOException, InterruptedException {
        String options = "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=on"
                + " -c synchronous_commit=on -c max_connections=200";
        return ran(
                START_SECONDS + 10,
                "pg_ctl",
                "start",
                "-D",
                cluster.toString(),
                "-o",
                options,
                "-l",
                log.toString(),
                "-w",
                "-t",
                String.valueOf(START_SECONDS),
                "-s");
    }

    private boolean stopped() throws IOException, InterruptedException {
        return stopped("fast", STOP_SECONDS) || stopped("immediate", STOP_SECONDS / 2);
    }

    private boolean stopped(String mode, int seconds) throws IOException, InterruptedException {
        return ran(
                seconds + 10,
                "pg_ctl",
                "stop",
                "-D",
                cluster.toString(),
                "-m",
                mode,
                "-w",
                "-t",
                String.valueOf(seconds),
                "-s");
    }

    private boolean ran(int seconds, String program, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(prefix);
        command.add(programs.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(Map.of("LC_ALL", "C", "PGCONNECT_TIMEOUT", "5"));
        Process process = builder.start();
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return false;
        }
        return process.exitValue() == 0;
    }

    private String lastWords() throws IOException {
        if (!Files.exists(log)) {
            return "it said nothing";
        }
        List<String> lines =
                Files.readString(log, StandardCharsets.ISO_8859_1).lines().toList();
        return lines.stream()
                .filter(line -> line.contains("FATAL:") || line.contains("error:"))
                .findFirst()
                .orElseGet(() -> lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Waits for a start that is under way. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        try {
            if (Postmaster.of(cluster).isPresent() && !stopped()) {
                LOG.warning("PostgreSQL did not stop; the next start takes care of it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
