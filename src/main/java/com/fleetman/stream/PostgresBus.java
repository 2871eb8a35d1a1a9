package com.fleetman.stream;

import com.fleetman.platform.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
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
@ApplicationScoped
class PostgresBus implements ClusterBus {
    private static final Logger LOG = Logger.getLogger(PostgresBus.class.getName());
    static final String CHANNEL = "fleetman_signals";
    private static final int QUEUE = 10_000;
    private static final int GATHER_MS = 5;
    private static final int LISTEN_MS = 1_000;
    private static final int RETRY_MS = 500;
    private static final Duration CHECK = Duration.ofSeconds(10);
    private static final int ANSWER_SECONDS = 2;

    private final Settings settings;
    private final DataSource dataSource;
    private final Duration check;
    private final BlockingQueue<Signal> outgoing = new ArrayBlockingQueue<>(QUEUE);
    private volatile @Nullable Consumer<Signal> listener;
    private volatile boolean stopped;
    private volatile @Nullable Connection listening;
    private @Nullable Thread sender;
    private @Nullable Thread receiver;

    @Inject
    PostgresBus(Settings settings, DataSource dataSource) {
        this(settings, dataSource, CHECK);
    }

    /** @param check how often the listening connection must prove that the server is still there */
    PostgresBus(Settings settings, DataSource dataSource, Duration check) {
        this.settings = settings;
        this.dataSource = dataSource;
        this.check = check;
    }

    @Override
    public void publish(Signal signal) {
        Consumer<Signal> local = listener;
        if (local != null) {
            local.accept(signal);
        }
        if (!outgoing.offer(signal)) {
            LOG.fine("cluster bus is full; other nodes will find it in the log");
        }
    }

    @Override
    public void start(Consumer<Signal> listener) {
        this.listener = listener;
        sender = Thread.ofVirtual().name("fleetman-bus-sender").start(this::send);
        receiver = Thread.ofPlatform().daemon().name("fleetman-bus-receiver").start(this::receive);
    }

    @Override
    public void stop() {
        stopped = true;
        listener = null;
        close(listening);
        end(sender);
        end(receiver);
    }

    private static void end(@Nullable Thread thread) {
        if (thread != null) {
            thread.interrupt();
            try {
                thread.join(2_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void send() {
        var batch = new ArrayList<Signal>();
        while (!stopped) {
            try {
                batch.clear();
                batch.add(outgoing.take());
                TimeUnit.MILLISECONDS.sleep(GATHER_MS);
                outgoing.drainTo(batch);
                notifyNodes(BusMessage.encode(settings.node(), batch));
            } catch (InterruptedException e) {
                return;
            } catch (SQLException e) {
                LOG.log(
                        Level.WARNING,
                        () -> "cluster bus cannot send, other nodes will find it in the log: " + e.getMessage());
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "cluster bus failed to send", e);
            }
        }
    }

    private void notifyNodes(List<String> payloads) throws SQLException {
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
                listen(connection);
            } catch (SQLException | RuntimeException e) {
                if (!stopped) {
                    LOG.log(Level.WARNING, () -> "cluster bus lost its connection, tries again: " + e.getMessage());
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
        Consumer<Signal> to = listener;
        if (notifications == null || to == null) {
            return;
        }
        for (PGNotification notification : notifications) {
            try {
                BusMessage.decode(notification.getParameter(), settings.node()).forEach(to);
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "cluster bus got a message it does not understand", e);
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(RETRY_MS);
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
