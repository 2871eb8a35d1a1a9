package com.fleetman.dev;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The machines of the demo owner, most of them looked after by the demo provider, with a few quick checks and alarms; the
 * first alarm fires at the next daily run. An owner who has machines already is left alone.
 */
final class DemoFleet {
    private static final Logger LOG = Logger.getLogger(DemoFleet.class.getName());

    /** Serial number, brand, model, nickname, status, provider?, hours a day, which days, meter, time zone. */
    private static final String MACHINES = """
            LTM-0417   | Liebherr  | LTM 1030-2.1 | Bertha | ACTIVE         | yes | 8   | mon-sun  | 4120.5 | UTC
            LTM-0533   | Liebherr  | LTM 1060-3.1 | Clara  | ACTIVE         | yes | 7.5 | mon-fri  | 2210   | Europe/Madrid
            R-920-118  | Liebherr  | R 920        |        | MAINTENANCE    | yes | 8   | mon-fri  | 9021   | Europe/Madrid
            MT-1840-07 | Manitou   | MT 1840      | Rosa   | ACTIVE         | yes | 6   | mon-fri  | 1300   | Atlantic/Canary
            MT-1840-09 | Manitou   | MT 1840      |        | ACTIVE         | yes | 6   | mon-sat  | 870.25 | Atlantic/Canary
            Z45-2231   | Genie     | Z-45 XC      |        | ACTIVE         | yes | 5   | mon-fri  | 640    | America/Bogota
            Z45-2240   | Genie     | Z-45 XC      | Jirafa | OUT_OF_SERVICE | yes | 5   | mon-fri  | 5870   | America/Bogota
            S65-0090   | Genie     | S-65 XC      |        | ACTIVE         | yes | 9   | mon-sat  | 3015.5 | America/Santiago
            320-7781   | CAT       | 320 GC       | Topo   | ACTIVE         | yes | 10  | mon-sun  | 7443   | America/Mexico_City
            ZX-55-3    | Hitachi   | ZX 55U       |        | ACTIVE         | yes | 8   | mon-fri  | 411    | Asia/Tokyo
            QAS-60-12  | Atlas     | QAS 60       |        | ACTIVE         | no  | 24  | mon-sun  | 15220  | Australia/Adelaide
            AL-1988-01 | Ausa      | D 100 AHA    | Abuelo | RETIRED        | no  | 0   | mon-sun  | 31007  | Europe/Madrid
            """;

    /** Serial number, title, parts, interval, accumulated. */
    private static final String ALARMS = """
            LTM-0417   | Change the engine oil       | oil filter, engine oil | 500  | 496
            LTM-0417   | Inspect the hoist rope      | hoist rope             | 1000 | 310
            MT-1840-07 | Grease the boom             | boom, grease           | 250  | 120.5
            320-7781   | Replace the hydraulic hoses | hydraulic hoses        | 2000 | 840
            """;

    private static final List<String> ITEMS =
            List.of("Brakes", "Lights and horn", "Hydraulic oil", "Tyres or tracks", "Emergency stop");

    /** Serial number, the results of the items (approved, disapproved, omitted), who, worker id, note on what failed. */
    private static final String CHECKS = """
            LTM-0417   | aaaaa | Ana N\u00fa\u00f1ez   | W-104 |
            MT-1840-07 | aadaa | Iker Etxea  | W-117 | Leaks at the left cylinder
            Z45-2231   | ooooo | Ana N\u00fa\u00f1ez   | W-104 |
            320-7781   | aaoaa | Lucas Prado | W-201 |
            LTM-0533   | daaad | Iker Etxea  | W-117 | Does not answer at once
            """;

    private static final Map<String, String> DAYS = Map.of(
            "mon-fri", "\"MONDAY\",\"TUESDAY\",\"WEDNESDAY\",\"THURSDAY\",\"FRIDAY\"",
            "mon-sat", "\"MONDAY\",\"TUESDAY\",\"WEDNESDAY\",\"THURSDAY\",\"FRIDAY\",\"SATURDAY\"",
            "mon-sun", "\"MONDAY\",\"TUESDAY\",\"WEDNESDAY\",\"THURSDAY\",\"FRIDAY\",\"SATURDAY\",\"SUNDAY\"");

    private static final Map<Character, String> RESULTS = Map.of('a', "approved", 'd', "disapproved", 'o', "omitted");

    private final DemoApi api;
    private final DemoData.Session owner;
    private final DemoData.Session provider;

    DemoFleet(DemoApi api, DemoData.Session owner, DemoData.Session provider) {
        this.api = api;
        this.owner = owner;
        this.provider = provider;
    }

    void load() throws IOException, InterruptedException {
        HttpResponse<String> known = api.send("GET", "machines?limit=1", "", owner.token());
        if (known.statusCode() != 200) {
            LOG.warning(() -> "demo machines were not made: " + known.body());
            return;
        }
        if (known.body().contains("\"serialNumber\"")) {
            return;
        }
        for (String[] row : rows(MACHINES)) {
            Optional<String> path = add(row);
            if (path.isPresent()) {
                equip(row[0], path.get());
            }
        }
    }

    /** The path of the new machine. */
    private Optional<String> add(String[] row) throws IOException, InterruptedException {
        String body = "{\"serialNumber\":\"%s\",\"brand\":\"%s\",\"model\":\"%s\",".formatted(row[0], row[1], row[2])
                + (row[3].isEmpty() ? "" : "\"nickname\":\"%s\",".formatted(row[3]))
                + (row[5].equals("yes") ? "\"assignedProviderId\":\"%s\",".formatted(provider.userId()) : "")
                + "\"status\":\"%s\",\"usageSchedule\":{\"dailyHours\":%s,\"operatingDays\":[%s]},"
                        .formatted(row[4], row[6], DAYS.get(row[7]))
                + "\"operatingHours\":%s,\"timezone\":\"%s\"}".formatted(row[8], row[9]);
        HttpResponse<String> answer = send("POST", "machines", body, owner);
        return answer.statusCode() == 201
                ? Optional.of("machines/" + DemoData.text(answer.body(), "id") + "/")
                : Optional.empty();
    }

    private void equip(String serial, String path) throws IOException, InterruptedException {
        for (String[] row : rows(ALARMS, serial)) {
            String parts = "\"" + row[2].replace(", ", "\",\"") + "\"";
            send(
                    "POST",
                    path + "maintenance-alarms",
                    "{\"title\":\"%s\",\"relatedParts\":[%s],\"intervalHours\":%s,\"accumulatedHours\":%s}"
                            .formatted(row[1], parts, row[3], row[4]),
                    owner);
        }
        for (String[] row : rows(CHECKS, serial)) {
            String items = ITEMS.stream().map("{\"name\":\"%s\"}"::formatted).collect(Collectors.joining(","));
            send("PUT", path + "quick-checks/template", "{\"items\":[" + items + "]}", provider);
            send("POST", path + "quick-checks", check(row), provider);
        }
    }

    private static String check(String[] row) {
        String letters = row[1];
        String result = letters.contains("d") ? "disapproved" : letters.contains("a") ? "approved" : "notInitiated";
        String items = IntStream.range(0, ITEMS.size())
                .mapToObj(i -> "{\"name\":\"%s\",\"result\":\"%s\"%s}"
                        .formatted(
                                ITEMS.get(i),
                                RESULTS.get(letters.charAt(i)),
                                letters.charAt(i) == 'd' ? ",\"note\":\"%s\"".formatted(row[4]) : ""))
                .collect(Collectors.joining(","));
        return "{\"result\":\"%s\",\"items\":[%s],\"responsibleName\":\"%s\",\"responsibleWorkerId\":\"%s\"}"
                .formatted(result, items, row[2], row[3]);
    }

    private HttpResponse<String> send(String method, String path, String json, DemoData.Session by)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = api.send(method, path, json, by.token());
        if (answer.statusCode() >= 300) {
            LOG.warning(() -> "demo data was refused: " + method + " " + path + ": " + answer.body());
        }
        return answer;
    }

    private static List<String[]> rows(String table) {
        return table.lines().map(line -> line.strip().split("\\s*\\|\\s*", -1)).toList();
    }

    private static List<String[]> rows(String table, String serial) {
        return rows(table).stream().filter(row -> row[0].equals(serial)).toList();
    }
}
