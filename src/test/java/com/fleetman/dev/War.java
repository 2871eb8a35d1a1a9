package com.fleetman.dev;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The exploded war. */
record War(Path directory) {

    static War at(Path directory) throws RefusedStart {
        if (!Files.exists(directory.resolve("WEB-INF/web.xml"))) {
            throw new RefusedStart("There is no exploded war at " + directory + "; start with: mvn -Prun");
        }
        return new War(directory.toAbsolutePath().normalize());
    }

    /**
     * Lets the application itself check its settings, before anything slow is started. Its classes are loaded for this
     * moment only.
     */
    void requireGoodSettings() throws RefusedStart {
        try (var loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            loader.loadClass("com.fleetman.platform.Settings").getMethod("load").invoke(null);
        } catch (InvocationTargetException e) {
            throw new RefusedStart(String.valueOf(e.getTargetException().getMessage()));
        } catch (IOException | ReflectiveOperationException e) {
            throw new RefusedStart("The war at " + directory + " is not complete: " + e + "; try: mvn clean -Prun");
        }
    }

    /** Its own classes, and then its libraries. */
    private URL[] classPath() throws IOException {
        List<URL> places = new ArrayList<>();
        places.add(directory.resolve("WEB-INF/classes/").toUri().toURL());
        try (Stream<Path> libraries = Files.list(directory.resolve("WEB-INF/lib"))) {
            for (Path library : libraries.sorted().toList()) {
                places.add(library.toUri().toURL());
            }
        }
        return places.toArray(URL[]::new);
    }
}
