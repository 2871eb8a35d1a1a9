package com.fleetman.platform;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where traces go.
 *
 * @param endpoint to which spans are posted (OTLP over HTTP), with its path {@code /v1/traces}; empty: nothing is traced
 * @param headers of each post, which may let us in
 * @param sample which part of the traces that begin here is recorded, 0 to 1; what comes with a trace has been decided
 */
public record TraceSettings(Optional<URI> endpoint, Map<String, String> headers, double sample) {
    private static final String PATH = "/v1/traces";
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e]+");

    static TraceSettings from(SettingsSource source) {
        Optional<URI> endpoint = source.find("FLEETMAN_OTLP_ENDPOINT").map(TraceSettings::endpoint);
        Map<String, String> headers = headers(source);
        if (endpoint.isEmpty() && !headers.isEmpty()) {
            throw new InvalidSettings(
                    "FLEETMAN_OTLP_HEADERS is set, but FLEETMAN_OTLP_ENDPOINT is not: set both or neither.");
        }
        return new TraceSettings(endpoint, headers, sample(source.text("FLEETMAN_TRACES_SAMPLE", "1")));
    }

    /** Its text is not repeated in the refusal: somebody may have put a password there. */
    private static URI endpoint(String url) {
        try {
            var uri = new URI(url);
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null) {
                String base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
                return base.endsWith(PATH) ? URI.create(base) : URI.create(base + PATH);
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw new InvalidSettings("FLEETMAN_OTLP_ENDPOINT must be the http or https URL of a collector, for example"
                + " http://localhost:4318, without user, query and fragment.");
    }

    /** Pairs as in W3C Baggage: {@code name=value,name=value} with percent-encoded values. */
    private static Map<String, String> headers(SettingsSource source) {
        var headers = new LinkedHashMap<String, String>();
        for (String pair : source.list("FLEETMAN_OTLP_HEADERS")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? "" : pair.substring(0, equals).strip();
            String value = decoded(pair.substring(equals + 1).strip());
            if (!NAME.matcher(name).matches() || !VALUE.matcher(value).matches()) {
                throw new InvalidSettings("FLEETMAN_OTLP_HEADERS must be name=value pairs separated by commas, with"
                        + " percent-encoded values, and its pair number " + (headers.size() + 1) + " is none.");
            }
            headers.put(name, value);
        }
        return Map.copyOf(headers);
    }

    /** Empty, which no value may be, if it is not encoded as it should be. */
    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static double sample(String text) {
        try {
            double ratio = Double.parseDouble(text);
            if (ratio >= 0 && ratio <= 1) {
                return ratio;
            }
        } catch (NumberFormatException e) {
            // said below, in the same words as a number out of range
        }
        throw new InvalidSettings("FLEETMAN_TRACES_SAMPLE must be a number from 0 to 1, but is \"" + text + "\".");
    }

    /** Without the headers, so that it may be logged. */
    @Override
    public String toString() {
        return "TraceSettings[endpoint=" + endpoint.map(URI::toString).orElse("none") + ", sample=" + sample + "]";
    }
}
