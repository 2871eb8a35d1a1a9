package com.fleetman.testing;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Payara Micro: one process that runs one war for its whole life. */
record PayaraMicro(Place place) implements Server {

    @Override
    public void prepare() {
        try {
            Directories.delete(place.base());
            Files.createDirectories(logs());
            Files.writeString(
                    preBoot(),
                    "set configs.config.server-config.network-config.network-listeners.network-listener.http-listener.address="
                            + Node.HOST + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It takes socket-write-buffer-size, and does not act on it. */
    @Override
    public boolean boundsSendBuffer() {
        return false;
    }

    @Override
    public boolean redeploys() {
        return false;
    }

    @Override
    public List<String> command(Path javaHome, List<String> vmArguments) {
        List<String> command = new ArrayList<>();
        command.add(javaHome.resolve("bin/java").toString());
        command.addAll(vmArguments);
        command.add("-Djava.io.tmpdir=" + place.base());
        command.add("-jar");
        command.add(place.home().toString());
        command.add("--nocluster");
        command.add("--disablephonehome");
        command.add("--rootdir");
        command.add(place.base().resolve("root").toString());
        command.add("--prebootcommandfile");
        command.add(preBoot().toString());
        command.add("--port");
        command.add(String.valueOf(place.port()));
        command.add("--logtofile");
        command.add(logs().resolve("server.log").toString());
        command.add("--deploy");
        command.add(war().toString());
        command.add("--contextroot");
        command.add(Node.CONTEXT);
        return command;
    }

    private Path preBoot() {
        return place.base().resolve("pre-boot.txt");
    }

    private Path war() {
        return place.base().resolve(Node.CONTEXT.substring(1) + ".war");
    }

    @Override
    public void install(Path war) {
        try {
            Files.copy(war, war(), REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<Integer> statusesWhileAway() {
        // An empty 200: its adapter logs what fails before any application is reached, and ends the response as it is.
        return List.of(200, 404, 500, 503);
    }

    /** It reads all classes before it asks the application; what it says itself is clear, too. */
    @Override
    public String refusalOfOldJava() {
        return "has unsupported major or minor version numbers, which are greater than those found in the Java Runtime";
    }

    @Override
    public void deploy(Path war) {
        throw new UnsupportedOperationException("Payara Micro runs one application for life.");
    }

    @Override
    public void undeploy() {
        throw new UnsupportedOperationException("Payara Micro runs one application for life.");
    }

    @Override
    public void stopApplication() {
        throw new UnsupportedOperationException("Payara Micro runs one application for life.");
    }

    @Override
    public void startApplication() {
        throw new UnsupportedOperationException("Payara Micro runs one application for life.");
    }
}
