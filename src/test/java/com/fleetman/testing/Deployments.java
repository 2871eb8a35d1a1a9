package com.fleetman.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The war under test. */
public final class Deployments {
    private static final String NAME = "fleetman.war";
    private static final String PROBED = "fleetman-probed.war";

    private static final Path TEST_CLASSES = Path.of(URI.create(Deployments.class
            .getProtectionDomain()
            .getCodeSource()
            .getLocation()
            .toString()));

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

    /**
     * The same with the test-only classes that are called {@code ...Probe}: one for all test classes, so that the server
     * changes wars as seldom as can be.
     */
    static WebArchive probed() {
        try (Stream<Path> files = Files.walk(TEST_CLASSES)) {
            WebArchive war = war(PROBED);
            files.map(file -> TEST_CLASSES.relativize(file).toString())
                    .filter(file -> file.matches(".*Probe(\\$\\w+)?\\.class"))
                    .forEach(file ->
                            war.addAsWebInfResource(TEST_CLASSES.resolve(file).toFile(), "classes/" + file));
            return war;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean isProbed(String archiveName) {
        return archiveName.equals(PROBED);
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
        return war("fleetman-with-classes.war").addClasses(classes);
    }
}
