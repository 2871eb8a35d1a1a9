package com.fleetman.stream;

import com.fleetman.platform.Settings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * The bus over PostgreSQL's LISTEN/NOTIFY, so that several nodes need nothing but the database they share. It listens
 * on one connection of its own, outside the pool; it sends from the pool, after the commit and several signals at a
 * time, because a NOTIFY inside the writing transaction would make all commits of the server queue for one lock.
 */
class PostgresBus implements ClusterBus {
    private static final Logger LOG = Logger.getLogger(PostgresBus.class.getName());
    static final String CHANNEL = "fleetman_signals";
    /** A NOTIFY payload has less than 8,000 bytes. */
    static final int MOST_BYTES = 7_999;

    private static final int LISTEN_MS = 1_000;
    private static final int RETRY_MS = 500;
    private static final Duration CHECK = Duration.ofSeconds(10);
    private static final int ANSWER_SECONDS = 2;

    private final Settings settings;
    private final DataSource dataSource;
    private final Duration check;
    private final BusMetrics metrics;
    private final Outbox outbox;
    private volatile @Nullable Consumer<Signal> listener;
    private volatile boolean stopped;
    private volatile @Nullable Connection listening;
    private volatile boolean hearing;
    private @Nullable Thread receiver;

    PostgresBus(Settings settings, DataSource dataSource, BusMetrics metrics) {
        this(settings, dataSource, CHECK, metrics);
    }

    /** @param check how often the listening connection must prove that the server is still there */
    PostgresBus(Settings settings, DataSource dataSource, Duration check, BusMetrics metrics) {
        this.settings = settings;
        this.dataSource = dataSource;
        this.check = check;
        this.metrics = metrics;
        this.outbox = new Outbox(this::send, metrics);
    }

    @Override
    public void publish(Signal signal) {
        Consumer<Signal> local = listener;
        if (local != null) {
            local.accept(signal);
        }
        outbox.add(signal);
    }

    @Override
    public void start(Consumer<Signal> listener) {
        this.listener = listener;
        outbox.start();
        receiver = Thread.ofPlatform().daemon().name("fleetman-bus-receiver").start(this::receive);
    }

    @Override
    public void stop() {
        stopped = true;
        listener = null;
        close(listening);
        outbox.stop();
        Outbox.end(receiver);
    }

    @Override
    public boolean isUp() {
        return hearing && !outbox.isFailing();
    }

    @Override
    public long dropped() {
        return outbox.dropped();
    }

    private void send(List<Signal> signals) throws SQLException {
        List<String> payloads = BusMessage.encode(settings.node(), signals, MOST_BYTES);
        if (payloads.isEmpty()) {
            return;
        }
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "select set_config('synchronous_commit', 'off', true), pg_notify(?, ?)")) {
            for (String payload : payloads) {
                statement.setString(1, CHANNEL);
                statement.setString(2, payload);
                statement.execute();
            }
        }
    }

    private void receive() {
        while (!stopped) {
            try (Connection connection = connect()) {
                listening = connection;
                try (Statement statement = connection.createStatement()) {
                    statement.execute("listen " + CHANNEL);
                }
                LOG.info("cluster bus listens, node " + settings.node());
                hearing = true;
                metrics.listens(true);
                deliver(new Signal.Missed());
                listen(connection);
            } catch (SQLException | RuntimeException e) {
                hearing = false;
                if (!stopped) {
                    LOG.log(Level.WARNING, () -> "cluster bus lost its connection, tries again: " + e.getMessage());
                    metrics.listens(false);
                    pause();
                }
            }
        }
    }

    private void listen(Connection connection) throws SQLException {
        PGConnection notices = connection.unwrap(PGConnection.class);
        long checked = System.nanoTime();
        while (!stopped) {
            deliver(notices.getNotifications(LISTEN_MS));
            if (System.nanoTime() - checked > check.toNanos()) {
                // A server that vanished without a word looks exactly like one that has nothing to say.
                if (!connection.isValid(ANSWER_SECONDS)) {
                    throw new SQLException("the server does not answer");
                }
                checked = System.nanoTime();
            }
        }
    }

    private Connection connect() throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", settings.databaseUser());
        properties.setProperty("password", settings.databasePassword());
        properties.setProperty("ApplicationName", "fleetman-bus " + settings.node());
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("tcpKeepAlive", "true");
        Connection connection = new Driver().connect(settings.databaseUrl(), properties);
        if (connection == null) {
            throw new SQLException("not a PostgreSQL URL");
        }
        return connection;
    }

    private void deliver(PGNotification @Nullable [] notifications) {
        if (notifications == null) {
            return;
        }
        for (PGNotification notification : notifications) {
            try {
                List<Signal> signals = BusMessage.decode(notification.getParameter(), settings.node());
                metrics.received(signals.size());
                signals.forEach(this::deliver);
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "cluster bus got a message it does not understand", e);
            }
        }
    }

    private void deliver(Signal signal) {
        Consumer<Signal> to = listener;
        if (to != null) {
            to.accept(signal);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(RETRY_MS + ThreadLocalRandom.current().nextInt(RETRY_MS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(@Nullable Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            LOG.log(Level.FINE, "closing the bus", e);
        }
    }
}
