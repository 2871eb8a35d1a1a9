package com.fleetman.dev;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/** The programs of PostgreSQL for this machine: unpacked from the archive on the class path once per version. */
final class PostgresPrograms {
    private PostgresPrograms() {}

    /**
     * @param parent the directory to unpack into
     * @return the directory that holds {@code bin}, {@code lib} and {@code share}
     */
    static Path unpacked(Path parent) throws RefusedStart {
        String archive = archiveName(System.getProperty("os.name"), System.getProperty("os.arch"));
        try (InputStream stream = ClassLoader.getSystemResourceAsStream(archive)) {
            if (stream == null) {
                throw new RefusedStart("There is no embedded PostgreSQL for this kind of machine (" + archive
                        + "): set FLEETMAN_DB_URL, FLEETMAN_DB_USER and FLEETMAN_DB_PASSWORD to use an installed one.");
            }
            byte[] content = stream.readAllBytes();
            Path home = parent.resolve("postgresql-" + fingerprint(content));
            if (!Files.isDirectory(home)) {
                unpack(content, home);
            }
            return home;
        } catch (IOException e) {
            throw DataDirectory.unusable(parent, e);
        }
    }

    static String archiveName(String system, String machine) {
        String os = system.toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String arch = switch (machine) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64" -> "arm_64";
            default -> machine;
        };
        return "postgres-" + os + "-" + arch + ".txz";
    }

    /** An interrupted attempt leaves a directory of another name, which the next attempt replaces. */
    private static void unpack(byte[] content, Path home) throws IOException {
        Path half = home.resolveSibling(home.getFileName() + ".half");
        delete(half);
        Files.createDirectories(half);
        try (var tar = new TarArchiveInputStream(new XZInputStream(new java.io.ByteArrayInputStream(content)))) {
            for (@Nullable TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(entry, tar, half);
            }
        }
        Files.move(half, home, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path into) throws IOException {
        Path target = into.resolve(entry.getName()).normalize();
        if (!target.startsWith(into)) {
            throw new IOException("the archive of PostgreSQL has a bad entry " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.resolveSibling("."));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            Files.createLink(target, into.resolve(entry.getLinkName()));
        } else {
            Files.copy(content, target);
            if ((entry.getMode() & 0100) != 0 && !target.toFile().setExecutable(true)) {
                throw new IOException(target + " cannot be made executable");
            }
        }
    }

    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static String fingerprint(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(hash).substring(0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
