package com.fleetman.dev;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The accounts and machines to try FleetMan with. They are made the way everybody's are, over the public API; only the
 * administrator, whom nobody can register, is raised in the database. What is there already stays as it is.
 */
final class DemoData {
    static final String PASSWORD = "fleetman-demo";
    static final String OWNER = "owner@fleetman.example";
    static final String PROVIDER = "provider@fleetman.example";
    static final String ADMIN = "admin@fleetman.example";

    private static final Logger LOG = Logger.getLogger(DemoData.class.getName());

    private final DemoApi api;
    private final Database database;

    /** @param base address of the application, with a slash at its end */
    DemoData(URI base, Database database) {
        this.api = new DemoApi(base);
        this.database = database;
    }

    /** Whether the database holds accounts other than these: then it is not ours to put well-known passwords into. */
    static boolean hasOtherAccounts(Database database) throws RefusedStart {
        try (Connection connection = database.connect();
                PreparedStatement query = connection.prepareStatement(
                        "select exists (select 1 from app_user where email not in (?, ?, ?) and status <> 'SYSTEM')")) {
            query.setString(1, OWNER);
            query.setString(2, PROVIDER);
            query.setString(3, ADMIN);
            try (ResultSet answer = query.executeQuery()) {
                return answer.next() && answer.getBoolean(1);
            }
        } catch (SQLException e) {
            throw new RefusedStart("The accounts cannot be read: " + e.getMessage());
        }
    }

    void load() throws RefusedStart {
        try {
            Optional<Session> owner = signIn(OWNER, "CLIENT", "Andamios R\u00edos");
            Optional<Session> provider = signIn(PROVIDER, "PROVIDER", "Gr\u00faas del Norte");
            Optional<Session> admin = signIn(ADMIN, "CLIENT", "FleetMan");
            if (owner.isPresent() && provider.isPresent()) {
                addContact(owner.get(), provider.get());
                addContact(provider.get(), owner.get());
                new DemoFleet(api, owner.get(), provider.get()).load();
            }
            if (admin.isPresent()) {
                raise(admin.get());
            }
            for (Optional<Session> session : java.util.List.of(owner, provider, admin)) {
                if (session.isPresent()) {
                    api.post("auth/logout", "", session.get().token());
                }
            }
        } catch (IOException | SQLException e) {
            throw new RefusedStart("The demo data could not be loaded: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedStart("The start was interrupted.");
        }
    }

    record Session(String userId, String token) {
        @Override
        public String toString() {
            return "Session of " + userId;
        }
    }

    /** Empty if the account is there with another password: somebody has made it theirs. */
    private Optional<Session> signIn(String email, String type, String company)
            throws IOException, InterruptedException {
        HttpResponse<String> login =
                api.post("auth/login", "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, PASSWORD), "");
        if (login.statusCode() == 200) {
            return Optional.of(session(login));
        }
        HttpResponse<String> registered = api.post(
                "auth/register",
                "{\"email\":\"%s\",\"password\":\"%s\",\"type\":\"%s\",\"companyName\":\"%s\",\"locale\":\"en\"}"
                        .formatted(email, PASSWORD, type, company),
                "");
        if (registered.statusCode() == 201) {
            return Optional.of(session(registered));
        }
        LOG.warning(() -> "demo account " + email + " is not as it was made: " + registered.body());
        return Optional.empty();
    }

    private void addContact(Session user, Session contact) throws IOException, InterruptedException {
        HttpResponse<String> added = api.post("users/me/contacts/" + contact.userId(), "", user.token());
        if (added.statusCode() >= 300) {
            LOG.warning(() -> "demo contact was not added: " + added.body());
        }
    }

    private void raise(Session admin) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement update = connection.prepareStatement(
                        "update app_user set type = 'ADMIN', roles = 'ADMIN', version = version + 1"
                                + " where id = ?::uuid and type <> 'ADMIN'")) {
            update.setString(1, admin.userId());
            update.executeUpdate();
        }
    }

    private static Session session(HttpResponse<String> signedIn) throws IOException {
        return new Session(text(signedIn.body(), "id"), text(signedIn.body(), "token"));
    }

    /** The first text of this name. A JSON library would be more code than the two fields that are read here. */
    static String text(String json, String name) throws IOException {
        Matcher matcher = Pattern.compile("\"" + Pattern.quote(name) + "\"\\s*:\\s*\"([^\"\\\\]+)\"")
                .matcher(json);
        if (!matcher.find()) {
            throw new IOException("the answer has no " + name);
        }
        return matcher.group(1);
    }
}
