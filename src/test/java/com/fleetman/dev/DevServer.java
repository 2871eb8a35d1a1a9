package com.fleetman.dev;

import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The development run: starts PostgreSQL and Tomcat, loads the demo data, tells where everything is, and stops it all
 * when it is told to. Ends with exit code 1 and one line if it cannot start.
 */
final class DevServer {
    private static final String UNKNOWN_YET = "jdbc:postgresql://127.0.0.1/unknown-yet";

    private final War war;
    private final DevSettings settings;
    private final Teardown teardown;
    private final PrintStream terminal;

    private DevServer(War war, DevSettings settings, Teardown teardown, PrintStream terminal) {
        this.war = war;
        this.settings = settings;
        this.teardown = teardown;
        this.terminal = terminal;
    }

    /** @param arguments the directory of the exploded war */
    public static void main(String[] arguments) throws InterruptedException {
        Logs.configure();
        var teardown = new Teardown();
        try {
            if (arguments.length != 1) {
                throw new RefusedStart("The directory of the exploded war is expected; start with: mvn -Prun");
            }
            // The terminal is this program's user interface: the one block that it is there to show is no log record.
            new DevServer(War.at(Path.of(arguments[0])), DevSettings.load(), teardown, System.out).run();
        } catch (RefusedStart e) {
            if (!teardown.hasBegun()) {
                System.err.println("FleetMan cannot start: " + e.getMessage());
            }
            System.exit(1);
        }
    }

    private void run() throws RefusedStart, InterruptedException {
        teardown.closeAtExit();
        if (Boolean.getBoolean("fleetman.dev.ends.with.parent")) {
            teardown.endWithParent();
        }
        LocalTomcat.requireFree(settings.host(), settings.port());
        DataDirectory data = DataDirectory.at(settings.dataDirectory());
        setDefaults(data);
        Database database = settings.externalDatabase().isPresent() ? external() : embedded(data);
        var tomcat = new LocalTomcat(settings.host(), settings.port(), data.resolve("tomcat"), war.directory());
        teardown.add(tomcat);
        if (settings.loadUsers() > 0) {
            tomcat.beforeRequests(() -> loadUsers(database).load(settings.loadUsers(), data.path()));
        }
        URI base = URI.create("http://" + reachable(settings.host()) + ":" + tomcat.start() + "/");
        boolean demo = wantsDemo(database);
        if (demo) {
            new DemoData(base, database).load();
        }
        Logs.follow();
        announce(base, database, demo);
        Teardown.awaitEnd();
    }

    /** What a developer should not have to set; whatever is set wins. */
    private void setDefaults(DataDirectory data) throws RefusedStart {
        DevSettings.useUnlessSet("FLEETMAN_JWT_SECRET", data.secret("jwt-secret"));
        DevSettings.useUnlessSet("FLEETMAN_COOKIE_SECURE", "false");
        DevSettings.useUnlessSet("FLEETMAN_METRICS_ON_LOOPBACK", "true");
        DevSettings.useUnlessSet("FLEETMAN_LOGIN_ATTEMPTS_PER_ACCOUNT", "1000");
        DevSettings.useUnlessSet("FLEETMAN_LOGIN_ATTEMPTS_PER_ADDRESS", "10000");
        // Whoever develops sends from the loopback, and tests by machine too.
        DevSettings.useUnlessSet("FLEETMAN_RATE_PER_ADDRESS", "0");
        DevSettings.useUnlessSet("FLEETMAN_RATE_PER_USER", "0");
        if (settings.loadUsers() > 0) {
            DevSettings.useUnlessSet("FLEETMAN_STREAMS_PER_NODE", "1000000");
            DevSettings.useUnlessSet("FLEETMAN_STREAMS_PER_USER", "10000");
        }
    }

    private static LoadUsers loadUsers(Database database) {
        return new LoadUsers(
                database,
                DevSettings.get("FLEETMAN_JWT_SECRET"),
                DevSettings.get("FLEETMAN_JWT_ISSUER", "fleetman"),
                DevSettings.get("FLEETMAN_JWT_AUDIENCE", "fleetman"));
    }

    private Database external() throws RefusedStart {
        war.requireGoodSettings();
        var database = new Database(
                settings.externalDatabase().orElseThrow(),
                DevSettings.get("FLEETMAN_DB_USER"),
                DevSettings.get("FLEETMAN_DB_PASSWORD"));
        database.requireUsable();
        return database;
    }

    private Database embedded(DataDirectory data) throws RefusedStart, InterruptedException {
        use(new Database(UNKNOWN_YET, LocalPostgres.USER, ""));
        war.requireGoodSettings();
        teardown.add(data);
        data.own();
        LocalPostgres postgres = LocalPostgres.in(data);
        teardown.add(postgres);
        Database database = postgres.start();
        use(database);
        return database;
    }

    private static void use(Database database) {
        DevSettings.use("FLEETMAN_DB_URL", database.url());
        DevSettings.use("FLEETMAN_DB_USER", database.user());
        DevSettings.use("FLEETMAN_DB_PASSWORD", database.password());
    }

    /** Accounts with a well-known password do not go uninvited into a database that others use. */
    private boolean wantsDemo(Database database) throws RefusedStart {
        Optional<Boolean> said = settings.demoData();
        return said.isPresent()
                ? said.get()
                : settings.externalDatabase().isEmpty() || !DemoData.hasOtherAccounts(database);
    }

    private static String reachable(String host) {
        if (host.equals("0.0.0.0") || host.equals("::")) {
            return "127.0.0.1";
        }
        return host.contains(":") ? "[" + host + "]" : host;
    }

    private void announce(URI base, Database database, boolean demo) {
        var block =
                new StringBuilder("\n  FleetMan is running at ").append(base).append("\n\n");
        if (demo) {
            block.append("""
                    Demo accounts, password %s
                      %-28sclient
                      %-28sprovider
                      %-28sadministrator

                """.formatted(DemoData.PASSWORD, DemoData.OWNER, DemoData.PROVIDER, DemoData.ADMIN));
        }
        block.append("    Database   ").append(database.shown()).append(" as ").append(database.user());
        if (settings.externalDatabase().isEmpty()) {
            block.append("\n    Data       ").append(settings.dataDirectory());
        }
        terminal.println(block.append("\n    Stop       Ctrl-C\n"));
        terminal.flush();
    }
}
