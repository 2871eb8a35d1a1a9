package com.fleetman.platform;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** A file of the web interface as it goes over the wire: its type, its bytes, and the same compressed if that is less. */
final class WebFile {
    private static final String UNKNOWN = "application/octet-stream";
    private static final int TAG_BYTES = 12;

    /** By extension, since servers disagree about some of them. */
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html;charset=utf-8"),
            Map.entry("js", "text/javascript;charset=utf-8"),
            Map.entry("css", "text/css;charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("map", "application/json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("txt", "text/plain;charset=utf-8"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"));

    private final String type;
    private final byte[] plain;
    private final byte @Nullable [] zipped;
    private final String tag;

    WebFile(String name, byte[] content) {
        this.type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), UNKNOWN);
        this.plain = content;
        this.zipped = zipped(content);
        this.tag = HexFormat.of().formatHex(digest(content), 0, TAG_BYTES);
    }

    String type() {
        return type;
    }

    /** @param compressed whether the client takes gzip */
    byte[] content(boolean compressed) {
        byte[] small = zipped;
        return compressed && small != null ? small : plain;
    }

    boolean shrinks() {
        return zipped != null;
    }

    /** A strong tag, so the compressed bytes have another one (RFC 9110 section 8.8.3). */
    String tag(boolean compressed) {
        return compressed && zipped != null ? "\"" + tag + "-gzip\"" : "\"" + tag + "\"";
    }

    String text() {
        return new String(plain, StandardCharsets.UTF_8);
    }

    private static byte @Nullable [] zipped(byte[] content) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException("nothing is written to but memory", e);
        }
        return bytes.size() < content.length ? bytes.toByteArray() : null;
    }

    private static byte[] digest(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
