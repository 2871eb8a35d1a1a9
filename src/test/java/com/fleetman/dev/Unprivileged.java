package com.fleetman.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** PostgreSQL refuses to run as root; in a user namespace of its own, root is nobody there and still owns its files. */
final class Unprivileged {
    private static final List<String> NAMESPACE = List.of("unshare", "-U");
    private static final int SECONDS = 10;

    private Unprivileged() {}

    /** What has to stand before a command of PostgreSQL; nothing for everybody but root. */
    static List<String> prefix() throws RefusedStart {
        if (!isRoot()) {
            return List.of();
        }
        if (!namespacesWork()) {
            throw new RefusedStart("PostgreSQL does not run as root, and this system gives root no user namespace:"
                    + " run as another user, or set FLEETMAN_DB_URL to an installed PostgreSQL.");
        }
        return NAMESPACE;
    }

    private static boolean isRoot() {
        try {
            // /proc/self belongs to the user that this process runs as, whatever user.name may say.
            Object user = Files.exists(Path.of("/proc/self"))
                    ? Files.getAttribute(Path.of("/proc/self"), "unix:uid")
                    : "root".equals(System.getProperty("user.name")) ? 0 : 1;
            return Integer.valueOf(0).equals(user);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean namespacesWork() throws RefusedStart {
        try {
            Process process = new ProcessBuilder("unshare", "-U", "id", "-u")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedStart("The start was interrupted.");
        }
    }
}
