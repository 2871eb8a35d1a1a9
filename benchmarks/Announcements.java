import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Measures what an announcement costs with 1, 1,000, ... users, none of them connected: the request that makes it, the
 * statements that give everybody a copy as a comparison, and a user's first look at the counts afterwards. It puts the
 * users into the database of the development run, and takes them out again. Arguments: address of the server (default
 * http://127.0.0.1:8080), data directory (default .data), most users (default 100000).
 */
public final class Announcements {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final int TIMES = 20;

    private Announcements() {}

    public static void main(String[] arguments) throws Exception {
        String base = (arguments.length > 0 ? arguments[0] : "http://127.0.0.1:8080") + "/api/v1/";
        Path data = Path.of(arguments.length > 1 ? arguments[1] : ".data");
        int most = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 100_000;
        try (Connection connection = connect(data)) {
            remove(connection);
            try {
                String admin = login(base, "admin@fleetman.example");
                String owner = login(base, "owner@fleetman.example");
                System.out.println("  users   announce p50 ms   p99 ms   first look p50 ms   copies for all ms");
                int users = 1;
                while (users <= most) {
                    fill(connection, users);
                    double[] announced = new double[TIMES];
                    double[] looked = new double[TIMES];
                    for (int i = 0; i < TIMES; i++) {
                        announced[i] = millis(() -> post(base + "admin/announcements", admin));
                        looked[i] = millis(() -> get(base + "notifications/unread-count", owner));
                    }
                    Arrays.sort(announced);
                    Arrays.sort(looked);
                    double copies = millis(() -> copyForAll(connection));
                    System.out.printf(
                            "%7d   %15.1f   %6.1f   %17.1f   %17.1f%n",
                            users, announced[TIMES / 2], announced[TIMES - 1], looked[TIMES / 2], copies);
                    users *= users == 1 ? 1_000 : 10;
                }
            } finally {
                remove(connection);
            }
        }
    }

    /** The embedded PostgreSQL writes its port into the fourth line of its pid file. */
    private static Connection connect(Path data) throws IOException, SQLException {
        String port = Files.readAllLines(data.resolve("postgres/postmaster.pid")).get(3).strip();
        String password = Files.readString(data.resolve("postgres-password")).strip();
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/fleetman", "fleetman", password);
    }

    /** As many accounts that nobody can sign in to, with their inboxes. */
    private static void fill(Connection connection, int users) throws SQLException {
        remove(connection);
        update(connection, """
                insert into app_user (id, email, password_hash, type, company_name, company_key, locale, roles, status,
                  created_at, updated_at)
                select gen_random_uuid(), 'bench' || n || '@benchmark.invalid', 'x', 'CLIENT', 'B', 'b', 'es', 'CLIENT',
                  'ACTIVE', now(), now() from generate_series(1, %d) n""".formatted(users));
        update(connection, "insert into inbox (user_id, announced) select id, (select coalesce(max(number), 0)"
                + " from announcement) from app_user where email like 'bench%@benchmark.invalid'");
        update(connection, "analyze app_user, inbox");
    }

    /** What telling everybody one by one would at least cost, in three statements: rolled back. */
    private static void copyForAll(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        update(connection, """
                insert into notification (id, user_id, seq, type, title, message, metadata, priority, source, created_at)
                select gen_random_uuid(), i.user_id, i.last_seq + 1, 'X', 'Title', 'Message', '{}', 'NORMAL', 'ADMIN', now()
                from inbox i join app_user u on u.id = i.user_id where u.email like 'bench%@benchmark.invalid'""");
        update(connection, """
                insert into user_event (user_id, seq, name, data, created_at)
                select i.user_id, i.last_seq + 1, '', repeat('x', 450), now()
                from inbox i join app_user u on u.id = i.user_id where u.email like 'bench%@benchmark.invalid'""");
        update(connection, """
                update inbox i set last_seq = last_seq + 1, unread_notifications = unread_notifications + 1
                from app_user u where u.id = i.user_id and u.email like 'bench%@benchmark.invalid'""");
        connection.rollback();
        connection.setAutoCommit(true);
    }

    private static void remove(Connection connection) throws SQLException {
        update(connection, "delete from inbox i using app_user u where u.id = i.user_id"
                + " and u.email like 'bench%@benchmark.invalid'");
        update(connection, "delete from app_user where email like 'bench%@benchmark.invalid'");
    }

    private static void update(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private interface Task {
        void run() throws Exception;
    }

    private static double millis(Task task) throws Exception {
        long start = System.nanoTime();
        task.run();
        return (System.nanoTime() - start) / 1e6;
    }

    private static String login(String base, String email) throws Exception {
        String answer = send(HttpRequest.newBuilder(URI.create(base + "auth/login"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"email\":\"" + email + "\",\"password\":\"fleetman-demo\"}")));
        Matcher token = Pattern.compile("\"token\":\"([^\"]*)\"").matcher(answer);
        if (!token.find()) {
            throw new IllegalStateException(answer);
        }
        return token.group(1);
    }

    private static void post(String uri, String token) throws Exception {
        send(HttpRequest.newBuilder(URI.create(uri))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString("{\"title\":\"Benchmark\",\"message\":\"To be ignored\"}")));
    }

    private static void get(String uri, String token) throws Exception {
        send(HttpRequest.newBuilder(URI.create(uri)).header("Authorization", "Bearer " + token));
    }

    private static String send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }
}
