import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Measures a daily run over many machines with three alarms each, one machine in a hundred with an alarm that fires, and
 * then a second run of the same day. It puts the machines into the database of the development run, and takes them out
 * again. Arguments: address of the server (default http://127.0.0.1:8080), data directory (default .data), number of
 * machines (default 100000).
 */
public final class DailyRun {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String BRAND = "benchmark";

    private DailyRun() {}

    public static void main(String[] arguments) throws Exception {
        String base = (arguments.length > 0 ? arguments[0] : "http://127.0.0.1:8080") + "/api/v1/";
        Path data = Path.of(arguments.length > 1 ? arguments[1] : ".data");
        int machines = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 100_000;
        LocalDate yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1);
        try (Connection connection = connect(data)) {
            remove(connection);
            fill(connection, machines, yesterday.minusDays(1));
            try {
                String token = field(login(base), "token");
                for (int run = 1; run <= 2; run++) {
                    long start = System.nanoTime();
                    String done = post(base + "admin/maintenance/runs", token, "{\"date\":\"" + yesterday + "\"}");
                    System.out.printf("run %d  %.1f s  %s%n", run, (System.nanoTime() - start) / 1e9, done);
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

    private static void fill(Connection connection, int machines, LocalDate accountedTo) throws SQLException {
        update(
                connection,
                """
                insert into machine (id, owner_id, serial_number, brand, serial_key, brand_key, search_key, model, status,
                  daily_hours, operating_days, operating_hours, timezone, accounted_to, created_at, updated_at)
                select gen_random_uuid(), u.id, 'B' || n, '%s', 'b' || n, '%s', 'b' || n, 'x', 'ACTIVE', 8, 127, 0, 'UTC',
                  date '%s', now(), now()
                from generate_series(1, %d) n, app_user u where u.email = 'owner@fleetman.example'"""
                        .formatted(BRAND, BRAND, accountedTo, machines));
        update(
                connection,
                """
                insert into maintenance_alarm (id, machine_id, title, related_parts, interval_hours, accumulated_hours,
                  active, times_triggered, pending, counts_from, created_at, updated_at)
                select gen_random_uuid(), m.id, 'Alarm ' || a, '[]', 250,
                  case when a = 1 and substring(m.serial_number from 2)::integer %% 100 = 0 then 245 else 0 end,
                  true, 0, 0, m.accounted_to, now(), now()
                from machine m, generate_series(1, 3) a where m.brand_key = '%s'"""
                        .formatted(BRAND));
        try (Statement statement = connection.createStatement()) {
            statement.execute("analyze machine, maintenance_alarm");
        }
    }

    private static void remove(Connection connection) throws SQLException {
        update(connection, "delete from machine where brand_key = '" + BRAND + "'");
    }

    private static void update(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.executeUpdate();
        }
    }

    private static String login(String base) throws IOException, InterruptedException {
        return post(
                base + "auth/login",
                "",
                "{\"email\":\"admin@fleetman.example\",\"password\":\"fleetman-demo\"}");
    }

    private static String post(String uri, String token, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    private static String field(String json, String name) {
        Matcher field = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
        if (!field.find()) {
            throw new IllegalStateException("no " + name + " in " + json);
        }
        return field.group(1);
    }
}
