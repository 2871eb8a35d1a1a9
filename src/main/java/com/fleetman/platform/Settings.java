package com.fleetman.platform;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Everything that an operator can set, read once at start from {@code FLEETMAN_*} environment variables or the system
 * properties of the same meaning, and checked there: a wrong value ends the start with one sentence. The table of all
 * settings is in the README.
 *
 * @param databaseUrl JDBC URL of PostgreSQL 14 or newer, {@code jdbc:postgresql://host:port/name}
 * @param databaseJndi JNDI name of a data source that the server has been given for this application (not on Tomcat), or
 *     empty: then the application makes connections and pools them itself
 * @param databasePoolSize connections in the pool; the cluster bus holds one more of its own
 * @param databaseAcquireTimeout how long a request waits for a free connection
 * @param node name of this node, unique in the cluster
 * @param cluster how nodes wake each other
 * @param maintenance when the daily run of the machines' hours begins
 */
public record Settings(
        String databaseUrl,
        String databaseUser,
        String databasePassword,
        String databaseJndi,
        int databasePoolSize,
        Duration databaseAcquireTimeout,
        String node,
        Tokens tokens,
        Web web,
        Logins logins,
        Streams streams,
        Monitoring monitoring,
        Limits limits,
        Cluster cluster,
        CronSchedule maintenance) {

    private static final String UNNAMED_NODE = "node-" + Ids.next().toString().substring(24);

    /**
     * @param secrets HMAC keys, each at least 32 bytes in UTF-8: the first signs, all verify (rotation)
     * @param accessLifetime from issue to {@code exp} of an access token
     * @param refreshLifetime how long a session lives without being refreshed
     */
    public record Tokens(
            List<String> secrets, String issuer, String audience, Duration accessLifetime, Duration refreshLifetime) {
        @Override
        public String toString() {
            return "Tokens[" + secrets.size() + " secrets, issuer=" + issuer + ", audience=" + audience + "]";
        }
    }

    /**
     * @param corsOrigins exact origins ({@code https://app.example}) that may call with credentials
     * @param cookieSecure whether cookies carry {@code Secure}; false only for development over plain HTTP
     * @param bodyTime how long a client may take to send a body
     */
    public record Web(
            List<String> corsOrigins, boolean cookieSecure, int bodyLimitBytes, Duration bodyTime, Rates rates) {}

    /** Requests that are let through per user and per address within one window; 0 for no limit. */
    public record Rates(int perUser, int perAddress, Duration window) {}

    /**
     * @param redis the Redis or Valkey server of the cluster bus, with its password; empty if PostgreSQL is the bus
     */
    public record Cluster(Optional<URI> redis) {
        @Override
        public String toString() {
            return "Cluster[bus=" + (redis.isPresent() ? "redis" : "postgres") + "]";
        }
    }

    /** Failed sign-ins that are let through per account and per address within one window. */
    public record Logins(int perAccount, int perAddress, Duration window) {}

    /**
     * @param retention how long a user's log keeps an event for replay
     * @param stallLimit how long a client may take nothing before it is cut
     * @param retry the reconnection time told to clients ({@code retry:}, WHATWG HTML section 9.2)
     * @param reconcile how often the cursors of connected users are compared with the log
     */
    public record Streams(
            int perUser,
            int perNode,
            Duration heartbeat,
            Duration stallLimit,
            Duration retry,
            Duration reconcile,
            Duration retention) {}

    /**
     * @param metricsToken lets a scraper read {@code /metrics}; empty: administrators only
     * @param metricsOnLoopback whether processes of this machine may read it without; only for the development run
     * @param canary how often the log and the streams are tried; zero: never
     */
    public record Monitoring(
            String metricsToken,
            boolean metricsOnLoopback,
            Duration canary,
            LogFormat logFormat,
            TraceSettings traces) {
        @Override
        public String toString() {
            return "Monitoring[canary=" + canary + ", logFormat=" + logFormat + ", " + traces + "]";
        }
    }

    /** How the application's own logs are written. */
    public enum LogFormat {
        /** By the server, in its format and to its files. */
        SERVER,
        /** By the application: a JSON object in each line, to the standard output of the process. */
        JSON
    }

    /**
     * Sizes that a client meets: message length in characters, metadata in bytes of JSON, page sizes in items.
     *
     * @param contacts of one user
     * @param machines of one owner
     * @param streamHistory closed streams that are remembered for administrators
     * @param mutes types of notifications that one user can mute
     */
    public record Limits(
            int messageLength,
            int metadataBytes,
            int pageSize,
            int pageSizeMost,
            int contacts,
            int machines,
            Duration typing,
            int alarmsPerMachine,
            int streamHistory,
            int mutes) {}

    /**
     * Reads and checks all settings of this process.
     *
     * @throws InvalidSettings if one is missing or wrong
     */
    public static Settings load() {
        return from(System::getenv, System::getProperty);
    }

    static Settings from(UnaryOperator<String> environment, UnaryOperator<String> properties) {
        var source = new SettingsSource(environment, properties);
        return new Settings(
                databaseUrl(source),
                source.required("FLEETMAN_DB_USER", "it is the PostgreSQL user to connect as"),
                source.text("FLEETMAN_DB_PASSWORD", ""),
                databaseJndi(source),
                source.number("FLEETMAN_DB_POOL_SIZE", 16, 2, 500),
                source.seconds("FLEETMAN_DB_ACQUIRE_TIMEOUT_SECONDS", 5, 1, 60),
                source.text("FLEETMAN_NODE", UNNAMED_NODE),
                tokens(source),
                new Web(
                        origins(source),
                        source.flag("FLEETMAN_COOKIE_SECURE", true),
                        source.number("FLEETMAN_BODY_LIMIT_BYTES", 65_536, 1_024, 16_777_216),
                        source.seconds("FLEETMAN_BODY_SECONDS", 30, 1, 3_600),
                        new Rates(
                                source.number("FLEETMAN_RATE_PER_USER", 1_200, 0, 1_000_000),
                                source.number("FLEETMAN_RATE_PER_ADDRESS", 6_000, 0, 1_000_000),
                                source.seconds("FLEETMAN_RATE_WINDOW_SECONDS", 60, 1, 3_600))),
                new Logins(
                        source.number("FLEETMAN_LOGIN_ATTEMPTS_PER_ACCOUNT", 10, 1, 1_000_000),
                        source.number("FLEETMAN_LOGIN_ATTEMPTS_PER_ADDRESS", 50, 1, 1_000_000),
                        source.seconds("FLEETMAN_LOGIN_WINDOW_SECONDS", 900, 1, 86_400)),
                streams(source),
                monitoring(source),
                limits(source),
                cluster(source),
                CronSchedule.parse("FLEETMAN_MAINTENANCE_CRON", source.text("FLEETMAN_MAINTENANCE_CRON", "0 2 * * *")));
    }

    private static String databaseUrl(SettingsSource source) {
        String url = source.required(
                "FLEETMAN_DB_URL", "it is the database to use, for example jdbc:postgresql://localhost:5432/fleetman");
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new InvalidSettings(
                    "FLEETMAN_DB_URL must start with jdbc:postgresql:, since only PostgreSQL is supported.");
        }
        return url;
    }

    private static String databaseJndi(SettingsSource source) {
        String name = source.text("FLEETMAN_DB_JNDI", "");
        if (!name.isEmpty() && !name.startsWith("java:") && !name.startsWith("jdbc/")) {
            throw new InvalidSettings(
                    "FLEETMAN_DB_JNDI must be a JNDI name like java:jboss/datasources/FleetMan or jdbc/fleetman, but is \""
                            + name + "\".");
        }
        return name;
    }

    private static Tokens tokens(SettingsSource source) {
        source.required(
                "FLEETMAN_JWT_SECRET",
                "it signs the access tokens; set at least 32 random bytes, for example from: openssl rand -base64 48");
        List<String> secrets = source.list("FLEETMAN_JWT_SECRET");
        if (secrets.isEmpty()
                || secrets.stream().anyMatch(secret -> secret.getBytes(StandardCharsets.UTF_8).length < 32)) {
            throw new InvalidSettings(
                    "FLEETMAN_JWT_SECRET must have at least 32 bytes in each of its comma-separated secrets.");
        }
        return new Tokens(
                secrets,
                source.text("FLEETMAN_JWT_ISSUER", "fleetman"),
                source.text("FLEETMAN_JWT_AUDIENCE", "fleetman"),
                source.seconds("FLEETMAN_ACCESS_TOKEN_SECONDS", 900, 5, 86_400),
                Duration.ofDays(source.number("FLEETMAN_REFRESH_TOKEN_DAYS", 30, 1, 365)));
    }

    private static List<String> origins(SettingsSource source) {
        List<String> origins = source.list("FLEETMAN_CORS_ORIGINS");
        for (String origin : origins) {
            if (!isOrigin(origin)) {
                throw new InvalidSettings(
                        "FLEETMAN_CORS_ORIGINS must list exact origins like https://app.example, but has \"" + origin
                                + "\".");
            }
        }
        return origins;
    }

    private static boolean isOrigin(String text) {
        try {
            var uri = new URI(text);
            return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && text.equals(uri.getScheme() + "://" + uri.getRawAuthority())
                    && uri.getUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static Cluster cluster(SettingsSource source) {
        String bus = source.text("FLEETMAN_BUS", "postgres");
        Optional<String> url = source.find("FLEETMAN_REDIS_URL");
        if (bus.equals("redis")) {
            return new Cluster(
                    Optional.of(redis(url.orElseThrow(() -> new InvalidSettings("FLEETMAN_REDIS_URL is not set:"
                            + " FLEETMAN_BUS=redis needs it, for example redis://localhost:6379.")))));
        }
        if (!bus.equals("postgres")) {
            throw new InvalidSettings("FLEETMAN_BUS must be postgres or redis, but is \"" + bus + "\".");
        }
        if (url.isPresent()) {
            throw new InvalidSettings("FLEETMAN_REDIS_URL is set, but FLEETMAN_BUS is not redis: set both or neither.");
        }
        return new Cluster(Optional.empty());
    }

    /** Its text is not repeated in the refusal: it may have a password. */
    private static URI redis(String url) {
        try {
            var uri = new URI(url);
            if (("redis".equals(uri.getScheme()) || "rediss".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw new InvalidSettings(
                "FLEETMAN_REDIS_URL must be redis://[user:password@]host[:port], or rediss:// for TLS,"
                        + " with special characters of the password percent-encoded.");
    }

    private static Streams streams(SettingsSource source) {
        return new Streams(
                source.number("FLEETMAN_STREAMS_PER_USER", 10, 1, 10_000),
                source.number("FLEETMAN_STREAMS_PER_NODE", 18_000, 1, 1_000_000),
                source.seconds("FLEETMAN_HEARTBEAT_SECONDS", 30, 1, 3_600),
                source.seconds("FLEETMAN_STREAM_STALL_SECONDS", 30, 1, 3_600),
                Duration.ofMillis(source.number("FLEETMAN_STREAM_RETRY_MS", 3_000, 100, 3_600_000)),
                source.seconds("FLEETMAN_RECONCILE_SECONDS", 3, 1, 60),
                Duration.ofDays(source.number("FLEETMAN_EVENT_RETENTION_DAYS", 7, 1, 3_650)));
    }

    private static Monitoring monitoring(SettingsSource source) {
        String token = source.text("FLEETMAN_METRICS_TOKEN", "");
        if (!token.isEmpty() && token.length() < 16) {
            throw new InvalidSettings("FLEETMAN_METRICS_TOKEN must have at least 16 characters.");
        }
        LogFormat format = switch (source.text("FLEETMAN_LOG_FORMAT", "server").toLowerCase(Locale.ROOT)) {
            case "server" -> LogFormat.SERVER;
            case "json" -> LogFormat.JSON;
            default ->
                throw new InvalidSettings("FLEETMAN_LOG_FORMAT must be server or json, but is \""
                        + source.text("FLEETMAN_LOG_FORMAT", "") + "\".");
        };
        return new Monitoring(
                token,
                source.flag("FLEETMAN_METRICS_ON_LOOPBACK", false),
                source.seconds("FLEETMAN_CANARY_SECONDS", 30, 0, 86_400),
                format,
                TraceSettings.from(source));
    }

    private static Limits limits(SettingsSource source) {
        return new Limits(
                source.number("FLEETMAN_MESSAGE_MAX_LENGTH", 1_000, 1, 10_000),
                source.number("FLEETMAN_METADATA_MAX_BYTES", 8_192, 64, 65_536),
                20,
                source.number("FLEETMAN_PAGE_MAX", 100, 1, 1_000),
                source.number("FLEETMAN_CONTACTS_MAX", 5_000, 1, 1_000_000),
                source.number("FLEETMAN_MACHINES_MAX", 10_000, 1, 1_000_000),
                Duration.ofMillis(source.number("FLEETMAN_TYPING_INTERVAL_MS", 2_000, 0, 60_000)),
                source.number("FLEETMAN_ALARMS_PER_MACHINE_MAX", 50, 1, 1_000),
                source.number("FLEETMAN_STREAM_HISTORY_MAX", 1_000_000, 0, 100_000_000),
                source.number("FLEETMAN_MUTES_MAX", 100, 0, 10_000));
    }

    /** Without the secrets, so that it may be logged. */
    @Override
    public String toString() {
        return "Settings[node=" + node + ", databaseUser=" + databaseUser + ", " + tokens + ", " + web + ", " + logins
                + ", " + streams + ", " + monitoring + ", " + limits + ", " + cluster + "]";
    }
}
