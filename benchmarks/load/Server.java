package load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the server's processes take of the machine, as Linux says it (proc(5)). A process counts with its children. */
record Server(long pid, long databasePid) {
    private static final long TICKS_PER_SECOND = 100;
    private static final Pattern USED = Pattern.compile("used (\\d+)K");

    /** @param heapKiB used heap after a full collection, 0 if it is no JVM or was not asked for */
    record Sample(long rssKiB, long heapKiB, double cpuSeconds, double databaseCpuSeconds, long descriptors, long threads) {}

    Sample sample(boolean collect) throws IOException, InterruptedException {
        long heap = collect && isJava() ? heapAfterCollection() : 0;
        List<Long> own = family(pid);
        long rss = 0;
        long threads = 0;
        for (long each : own) {
            rss += status(each, "VmRSS:");
            threads += status(each, "Threads:");
        }
        return new Sample(
                rss, heap, cpu(own), databasePid == 0 ? 0 : cpu(family(databasePid)), descriptors(), threads);
    }

    long descriptors() throws IOException {
        long count = 0;
        for (long each : family(pid)) {
            try (var files = Files.list(Path.of("/proc/" + each + "/fd"))) {
                count += files.count();
            }
        }
        return count;
    }

    private boolean isJava() throws IOException {
        return Files.readString(Path.of("/proc/" + pid + "/comm")).strip().equals("java");
    }

    private long heapAfterCollection() throws IOException, InterruptedException {
        jcmd("GC.run");
        jcmd("GC.run");
        Matcher used = USED.matcher(jcmd("GC.heap_info"));
        return used.find() ? Long.parseLong(used.group(1)) : 0;
    }

    private String jcmd(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        process.waitFor(30, TimeUnit.SECONDS);
        return output;
    }

    private static List<Long> family(long root) throws IOException {
        var all = new ArrayList<Long>(List.of(root));
        for (int i = 0; i < all.size(); i++) {
            long parent = all.get(i);
            Path children = Path.of("/proc/" + parent + "/task/" + parent + "/children");
            if (Files.exists(children)) {
                for (String child : Files.readString(children).strip().split(" ")) {
                    if (!child.isEmpty()) {
                        all.add(Long.parseLong(child));
                    }
                }
            }
        }
        return all;
    }

    private static long status(long pid, String field) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith(field)) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        return 0;
    }

    private static double cpu(List<Long> pids) throws IOException {
        double seconds = 0;
        for (long pid : pids) {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            seconds += (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / (double) TICKS_PER_SECOND;
        }
        return seconds;
    }
}
