package com.fleetman.stream;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;

/** Where the Redis or Valkey server is, and how connections to it are made. Has a password: it is never printed. */
final class RedisAddress {
    private static final int DEFAULT_PORT = 6379;
    private static final int CONNECT_MS = 2_000;
    private static final int ANSWER_MS = 2_000;

    private final HostAndPort server;
    private final DefaultJedisClientConfig.Builder config;

    /**
     * @param uri {@code redis://[user:password@]host[:port]}, {@code rediss:} for TLS
     * @param silenceMs after which a connection that waits for messages counts as broken
     */
    RedisAddress(URI uri, String node, int silenceMs) {
        this.server = new HostAndPort(uri.getHost(), uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort());
        this.config = DefaultJedisClientConfig.builder()
                .resp2()
                .autoNegotiateProtocol(false)
                .connectionTimeoutMillis(CONNECT_MS)
                .socketTimeoutMillis(ANSWER_MS)
                .blockingSocketTimeoutMillis(silenceMs)
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
                .clientName("fleetman-" + node.replaceAll("[^!-~]", "_"));
        credentials(uri.getUserInfo());
        if ("rediss".equals(uri.getScheme())) {
            config.sslOptions(
                    SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL).build());
        }
    }

    private void credentials(@Nullable String userInfo) {
        if (userInfo != null) {
            int colon = userInfo.indexOf(':');
            if (colon > 0) {
                config.user(userInfo.substring(0, colon));
            }
            config.password(userInfo.substring(colon + 1));
        }
    }

    /** A connection that is ready to use. Fails with a runtime exception that does not tell the password. */
    Connection connect() {
        return new Connection(server, config.build());
    }

    @Override
    public String toString() {
        return server.toString();
    }
}
