package com.fleetman.stream;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** On a stream that is written straight to its connection where the server lets us: see {@link DirectStreams}. */
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
@interface Direct {}
