package com.fleetman.testing;

import java.io.File;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The war under test. */
public final class Deployments {

    private Deployments() {}

    /** The war that {@code mvn package} made, byte for byte. */
    public static WebArchive war() {
        return ShrinkWrap.create(ZipImporter.class, "fleetman.war")
                .importFrom(new File(Harness.property("fleetman.test.war")))
                .as(WebArchive.class);
    }

    /** The war with test-only classes (and their nested classes) added to WEB-INF/classes. */
    public static WebArchive warWith(Class<?>... classes) {
        return war().addClasses(classes);
    }
}
