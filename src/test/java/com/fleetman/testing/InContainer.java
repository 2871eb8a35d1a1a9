package com.fleetman.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs the class against the war on {@link Node#first}. A test that hangs fails after ten minutes. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ArquillianExtension.class)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
public @interface InContainer {
    /** Whether the war is the one with the probes of all test classes; else it is the one that was packaged. */
    boolean probes() default false;
}
