package com.fleetman.platform;

/** A part of the application that counts something for operators; found by its type, whatever package it is in. */
public interface Measured {
    /** Shows what is counted. Called once, before the first scrape; what is shown there is read at each scrape. */
    void measure(Meters meters);
}
