package com.fleetman.testing;

import java.util.regex.Matcher;

/** Changes to stock configuration files, which fail if the next version of a server looks otherwise. */
final class Texts {

    private Texts() {}

    static String replace(String text, String stock, String ours) {
        if (!text.contains(stock)) {
            throw new IllegalStateException("The server's stock configuration has no " + stock + " any more.");
        }
        return text.replace(stock, ours);
    }

    static String replaceAll(String text, String stockPattern, String ours) {
        String changed = text.replaceAll(stockPattern, Matcher.quoteReplacement(ours));
        if (changed.equals(text)) {
            throw new IllegalStateException("The server's stock configuration has no " + stockPattern + " any more.");
        }
        return changed;
    }
}
