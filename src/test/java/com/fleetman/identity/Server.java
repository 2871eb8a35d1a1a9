package com.fleetman.identity;

import java.net.URI;

/** Where the server under test is, and how it is set. */
final class Server {
    static final int LOGIN_ATTEMPTS_PER_ACCOUNT = Integer.getInteger("fleetman.test.attempts", 10);

    static final boolean COOKIE_SECURE = false;
    static final String CORS_ORIGIN = "https://app.example";
    static final String JWT_SECRET = "a-secret-that-is-only-for-tests-0123456789";

    private Server() {}

    static URI base() {
        return URI.create(System.getProperty("fleetman.test.base"));
    }

    static String databaseUrl() {
        return System.getProperty("fleetman.test.db");
    }
}
