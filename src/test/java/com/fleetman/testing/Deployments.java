package com.fleetman.testing;

import java.io.File;
import java.nio.file.Path;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The war under test. */
public final class Deployments {
    private static final String NAME = "fleetman.war";

    private Deployments() {}

    /** Where {@code mvn package} left the war for this server. */
    static Path file() {
        return Path.of(Harness.property("fleetman.test.war")).toAbsolutePath();
    }

    static WebArchive war(String name) {
        return ShrinkWrap.create(ZipImporter.class, name)
                .importFrom(new File(file().toString()))
                .as(WebArchive.class);
    }

    /** The war that {@code mvn package} made, byte for byte. */
    static WebArchive plain() {
        return war(NAME);
    }

    /** The same, for a test class to change. */
    public static WebArchive war() {
        return war("fleetman-changed.war");
    }

    /** Whether the archive is the war as it was made. */
    static boolean isPlain(String archiveName) {
        return archiveName.equals(NAME);
    }

    /** The war with test-only classes (and their nested classes) added to WEB-INF/classes. */
    public static WebArchive warWith(Class<?>... classes) {
        return war("fleetman-with-probes.war").addClasses(classes);
    }
}
