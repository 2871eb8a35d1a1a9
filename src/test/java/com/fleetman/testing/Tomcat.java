package com.fleetman.testing;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A stand-alone Tomcat, 10.1 or 11. */
record Tomcat(Place place) implements Server {

    @Override
    public void prepare() {
        CatalinaBase.create(place);
    }

    @Override
    public List<String> command(Path javaHome, List<String> vmArguments) {
        Path home = place.home();
        Path base = place.base();
        List<String> command = new ArrayList<>();
        command.add(javaHome.resolve("bin/java").toString());
        command.add("-Djava.util.logging.config.file=" + base.resolve("conf/logging.properties"));
        command.add("-Djava.util.logging.manager=org.apache.juli.ClassLoaderLogManager");
        // As in Tomcat's own catalina.sh, or its leak detection cannot look.
        for (String opened :
                List.of("java.lang", "java.lang.reflect", "java.io", "java.util", "java.util.concurrent")) {
            command.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
        }
        command.add("--add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED");
        command.addAll(vmArguments);
        command.add("-classpath");
        command.add(home.resolve("bin/bootstrap.jar") + File.pathSeparator + home.resolve("bin/tomcat-juli.jar"));
        command.add("-Dcatalina.base=" + base);
        command.add("-Dcatalina.home=" + home);
        command.add("-Djava.io.tmpdir=" + base.resolve("temp"));
        command.add("org.apache.catalina.startup.Bootstrap");
        command.add("start");
        return command;
    }

    @Override
    public void install(Path war) {
        try {
            Files.copy(war, place.base().resolve("webapps" + Node.CONTEXT + ".war"), REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String refusalOfOldJava() {
        return "FleetMan needs Java 21 or newer, and this server runs on Java 17.";
    }

    @Override
    public void deploy(Path war) {
        manager().say("deploy?path=" + Node.CONTEXT + "&update=true&war=" + war.toUri());
    }

    @Override
    public void undeploy() {
        manager().say("undeploy?path=" + Node.CONTEXT);
    }

    @Override
    public void stopApplication() {
        manager().say("stop?path=" + Node.CONTEXT);
    }

    @Override
    public void startApplication() {
        manager().say("start?path=" + Node.CONTEXT);
    }

    private Manager manager() {
        return new Manager(place.port());
    }
}
