package com.fleetman.dev;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What a development run leaves for the next one: the database and the secrets. Only its owner can look into it. */
final class DataDirectory implements AutoCloseable {
    private static final int SECRET_BYTES = 48;

    private final Path path;
    private @Nullable FileChannel lock;

    private DataDirectory(Path path) {
        this.path = path;
    }

    static DataDirectory at(Path path) throws RefusedStart {
        try {
            if (!Files.isDirectory(path)) {
                Files.createDirectories(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            return new DataDirectory(path.toRealPath());
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    Path path() {
        return path;
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    /**
     * Makes this process the only one that uses the database in here, until it closes the directory or ends in whatever
     * way.
     */
    void own() throws RefusedStart {
        try {
            FileChannel channel =
                    FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock = channel;
            if (channel.tryLock() == null) {
                throw inUse();
            }
        } catch (OverlappingFileLockException e) {
            throw inUse();
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    /** The secret of this name, made when first asked for. */
    String secret(String name) throws RefusedStart {
        Path file = path.resolve(name);
        try {
            if (!Files.exists(file)) {
                makeSecret(file);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    /** Moved into its place when complete, so that no reader and no later start meets half of one. */
    private void makeSecret(Path file) throws IOException {
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        Path half = Files.createTempFile(
                path,
                file.getFileName().toString(),
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(half, Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n");
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private RefusedStart inUse() {
        return new RefusedStart("Another FleetMan is running on the data directory " + path
                + "; stop it, or set FLEETMAN_DATA_DIR to another directory.");
    }

    static RefusedStart unusable(Path path, IOException cause) {
        return new RefusedStart("The data directory is not usable: " + path + " (" + reason(cause) + ").");
    }

    private static String reason(IOException cause) {
        String name = cause.getClass().getSimpleName().replace("Exception", "");
        return cause.getMessage() == null ? name : name + ": " + cause.getMessage();
    }

    @Override
    public void close() throws IOException {
        if (lock != null) {
            lock.close();
        }
    }
}
