package com.fleetman.dev;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** A PostgreSQL database and how to enter it. */
record Database(String url, String user, String password) {
    private static final int OLDEST = 14;
    private static final String SECONDS = "10";

    Connection connect() throws SQLException {
        return connect(url);
    }

    /** Refuses a database that does not answer or is too old. */
    void requireUsable() throws RefusedStart {
        try (Connection connection = connect()) {
            int version = connection.getMetaData().getDatabaseMajorVersion();
            if (version < OLDEST) {
                throw new RefusedStart("FleetMan needs PostgreSQL " + OLDEST + " or newer, but " + shown()
                        + " is PostgreSQL " + version + ".");
            }
        } catch (SQLException e) {
            throw new RefusedStart("The database " + shown() + " cannot be used: " + e.getMessage());
        }
    }

    /** The same database, after it has been created in a cluster that is new. */
    Database createdUnlessPresent() throws RefusedStart {
        String name = url.substring(url.lastIndexOf('/') + 1);
        try (Connection connection = connect(url.substring(0, url.length() - name.length()) + "postgres");
                PreparedStatement query = connection.prepareStatement("select 1 from pg_database where datname = ?");
                Statement create = connection.createStatement()) {
            query.setString(1, name);
            try (ResultSet present = query.executeQuery()) {
                if (!present.next()) {
                    create.execute(
                            "create database " + connection.createStatement().enquoteIdentifier(name, true));
                }
            }
            return this;
        } catch (SQLException e) {
            throw new RefusedStart("The embedded database cannot be used: " + e.getMessage());
        }
    }

    /** Without what may be secret in a URL. */
    String shown() {
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query);
    }

    private Connection connect(String to) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("loginTimeout", SECONDS);
        properties.setProperty("connectTimeout", SECONDS);
        properties.setProperty("socketTimeout", "30");
        return DriverManager.getConnection(to, properties);
    }

    @Override
    public String toString() {
        return "Database[" + shown() + "]";
    }
}
