package com.fleetman.notification;

import com.fleetman.platform.Json;
import com.fleetman.platform.Problem;
import com.fleetman.platform.Settings;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a feature wants to tell a user.
 *
 * @param type what kind of thing happened, for example {@code NEW_MESSAGE}
 * @param title text, or an i18n key that the client translates with the metadata
 * @param message text or i18n key, as the title
 * @param metadata values for the translation and for the client's logic; at most 8 KiB of JSON by default
 * @param actionUrl where a click leads, a path within the SPA; null for nowhere
 * @param source which feature it comes from, for example {@code MESSAGING}
 * @param dedupKey at most one notification of a user with this key is live (neither read nor archived); null for any
 * @param subject what it is about, so that handling that handles the notification; null for nothing
 */
public record NewNotification(
        String type,
        String title,
        String message,
        Map<String, Object> metadata,
        @Nullable String actionUrl,
        Priority priority,
        String source,
        @Nullable String dedupKey,
        @Nullable Subject subject) {
    private static final String SYSTEM = "SYSTEM";
    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");

    /**
     * Something with an order in it, a conversation for example.
     *
     * @param name unique among all features, for example {@code conversation:<user id>}
     * @param position the place in that order
     */
    public record Subject(String name, long position) {}

    /** Whether a text can be a type or a source: a name in capitals, at most 64 characters. */
    public static boolean isCode(String text) {
        return CODE.matcher(text).matches();
    }

    /** A notification of normal priority from the system itself. */
    public static NewNotification of(String type, String title, String message, Map<String, Object> metadata) {
        return new NewNotification(type, title, message, metadata, null, Priority.NORMAL, SYSTEM, null, null);
    }

    public NewNotification from(String feature) {
        return new NewNotification(type, title, message, metadata, actionUrl, priority, feature, dedupKey, subject);
    }

    public NewNotification leadingTo(String path) {
        return new NewNotification(type, title, message, metadata, path, priority, source, dedupKey, subject);
    }

    public NewNotification pressing(Priority how) {
        return new NewNotification(type, title, message, metadata, actionUrl, how, source, dedupKey, subject);
    }

    public NewNotification once(String key) {
        return new NewNotification(type, title, message, metadata, actionUrl, priority, source, key, subject);
    }

    public NewNotification about(Subject what) {
        return new NewNotification(type, title, message, metadata, actionUrl, priority, source, dedupKey, what);
    }

    /**
     * The metadata as JSON.
     *
     * @throws Problem 400 {@code metadata_too_large}
     */
    String metadataJson(Settings.Limits limits) {
        String json = Json.write(metadata);
        if (json.getBytes(StandardCharsets.UTF_8).length > limits.metadataBytes()) {
            throw Problem.badRequest(
                            "metadata_too_large",
                            "metadata must have at most " + limits.metadataBytes() + " bytes of JSON")
                    .field("metadata");
        }
        return json;
    }
}
