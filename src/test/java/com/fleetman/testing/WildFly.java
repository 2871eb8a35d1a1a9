package com.fleetman.testing;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** WildFly in stand-alone mode. Its deployment scanner takes its orders, and tells what it did, by marker files. */
record WildFly(Place place) implements Server {
    private static final Duration DEPLOY_LIMIT = Duration.ofMinutes(4);

    @Override
    public void prepare() {
        try {
            Directories.delete(place.base());
            Path configuration = Files.createDirectories(place.base().resolve("configuration"));
            Files.createDirectories(deployments());
            Directories.copyFiles(place.home().resolve("standalone/configuration"), configuration);
            Path xml = configuration.resolve("standalone.xml");
            Files.writeString(xml, adapted(Files.readString(xml)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String adapted(String stock) {
        String scanned = Texts.replace(stock, "scan-interval=\"5000\"", "scan-interval=\"250\"");
        String plain = Texts.replaceAll(scanned, "<https-listener [^>]*/>", "");
        // Else a thread that never ends keeps the application of its first request in memory.
        String mortal = Texts.replace(
                plain,
                "<worker name=\"default\"",
                "<worker name=\"default\" task-core-threads=\"0\" task-keepalive=\"1000\"");
        // The escape that ends a colour stands at the start of the next line, which may be one of ours in JSON.
        String colourless = Texts.replace(
                mortal, "<named-formatter name=\"COLOR-PATTERN\"/>", "<named-formatter name=\"PATTERN\"/>");
        return Texts.replace(
                colourless,
                "<http-listener name=\"default\"",
                // A small send buffer, or the kernel takes megabytes for a client that reads nothing.
                "<http-listener send-buffer=\"32768\" name=\"default\"");
    }

    @Override
    public List<String> command(Path javaHome, List<String> vmArguments) {
        Path home = place.home();
        List<String> command = new ArrayList<>();
        command.add(javaHome.resolve("bin/java").toString());
        command.addAll(vmArguments);
        // As in WildFly's own standalone.sh.
        for (String exported :
                List.of("java.desktop/sun.awt", "java.naming/com.sun.jndi.ldap", "java.naming/com.sun.jndi.url.ldap")) {
            command.add("--add-exports=" + exported + "=ALL-UNNAMED");
        }
        for (String opened : List.of(
                "java.lang",
                "java.lang.invoke",
                "java.lang.reflect",
                "java.io",
                "java.net",
                "java.security",
                "java.util",
                "java.util.concurrent")) {
            command.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
        }
        command.add("--add-opens=java.management/javax.management=ALL-UNNAMED");
        command.add("--add-opens=java.naming/javax.naming=ALL-UNNAMED");
        command.add("-Dorg.jboss.boot.log.file=" + place.base().resolve("log/server.log"));
        command.add("-Dlogging.configuration=file:" + place.base().resolve("configuration/logging.properties"));
        command.add("-jar");
        command.add(home.resolve("jboss-modules.jar").toString());
        command.add("-mp");
        command.add(home.resolve("modules") + File.pathSeparator + modules());
        command.add("org.jboss.as.standalone");
        command.add("-Djboss.home.dir=" + home);
        command.add("-Djboss.server.base.dir=" + place.base());
        command.add("-Djboss.bind.address=" + Node.HOST);
        command.add("-Djboss.bind.address.management=" + Node.HOST);
        command.add("-Djboss.http.port=" + place.port());
        command.add("-Djboss.management.http.port=" + place.adminPort());
        return command;
    }

    private Path deployments() {
        return place.base().resolve("deployments");
    }

    private Path war() {
        return deployments().resolve(Node.CONTEXT.substring(1) + ".war");
    }

    private Path marker(String kind) {
        return war().resolveSibling(war().getFileName() + "." + kind);
    }

    @Override
    public Path logs() {
        return place.base().resolve("log");
    }

    @Override
    public void install(Path war) {
        try {
            Files.copy(war, war(), REPLACE_EXISTING);
            Files.writeString(marker("dodeploy"), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void deploy(Path war) {
        undeploy();
        install(war);
        awaitDeployed();
    }

    private void awaitDeployed() {
        await("WildFly to deploy the war; see " + logs())
                .atMost(DEPLOY_LIMIT)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> Files.exists(marker("deployed")) || Files.exists(marker("failed")));
        if (Files.exists(marker("failed"))) {
            try {
                throw new IllegalStateException("WildFly did not deploy it: " + Files.readString(marker("failed")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void undeploy() {
        stopApplication();
        try {
            for (String kind : List.of("undeployed", "failed", "dodeploy")) {
                Files.deleteIfExists(marker(kind));
            }
            Files.deleteIfExists(war());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stopApplication() {
        try {
            if (Files.deleteIfExists(marker("deployed"))) {
                await("WildFly to undeploy the war; see " + logs())
                        .atMost(DEPLOY_LIMIT)
                        .pollInterval(Duration.ofMillis(50))
                        .until(() -> Files.exists(marker("undeployed")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It reads all classes before it asks the application; what it says itself is clear, too. */
    @Override
    public String refusalOfOldJava() {
        return "has been compiled by a more recent version of the Java Runtime";
    }

    @Override
    public Optional<String> dataSourceName() {
        return Optional.of("java:jboss/datasources/FleetMan");
    }

    /** As an operator does: the driver as a module, and the data source in the configuration. */
    @Override
    public void configureDataSource(String url, String user) {
        try {
            Path module = Files.createDirectories(modules().resolve("org/postgresql/main"));
            Files.copy(Server.driver(), module.resolve("postgresql.jar"), REPLACE_EXISTING);
            Files.writeString(module.resolve("module.xml"), """
                    <module xmlns="urn:jboss:module:1.9" name="org.postgresql">
                      <resources><resource-root path="postgresql.jar"/></resources>
                      <dependencies>
                        <module name="java.se"/>
                        <module name="jakarta.transaction.api"/>
                      </dependencies>
                    </module>
                    """);
            Path xml = place.base().resolve("configuration/standalone.xml");
            String source = """
                    <datasource jndi-name="%s" pool-name="FleetMan">
                      <connection-url>%s</connection-url>
                      <driver>postgresql</driver>
                      <security user-name="%s"/>
                    </datasource>
                    <drivers>
                      <driver name="postgresql" module="org.postgresql"/>
                    """.formatted(dataSourceName().orElseThrow(), url, user);
            Files.writeString(xml, Texts.replace(Files.readString(xml), "<drivers>", source));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path modules() {
        return place.base().resolve("modules");
    }

    @Override
    public List<Integer> statusesWhileAway() {
        return List.of(404, 500, 503);
    }

    @Override
    public void startApplication() {
        try {
            Files.deleteIfExists(marker("undeployed"));
            Files.writeString(marker("dodeploy"), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitDeployed();
    }
}
