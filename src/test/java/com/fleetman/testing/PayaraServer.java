package com.fleetman.testing;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Payara Server with a domain of its own for the node. It takes orders as its asadmin gives them, by HTTP. */
record PayaraServer(Place place) implements Server {
    private static final String DOMAIN = "domain1";
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final int DRY_RUN_SECONDS = 120;

    @Override
    public void prepare() {
        try {
            Directories.delete(place.base());
            Files.createDirectories(place.base());
            Directories.copyTree(place.home().resolve("glassfish/domains").resolve(DOMAIN), domain());
            Path xml = domain().resolve("config/domain.xml");
            Files.writeString(xml, adapted(Files.readString(xml)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path domain() {
        return place.base().resolve(DOMAIN);
    }

    private String adapted(String stock) {
        int own = stock.indexOf("<config name=\"default-config\"");
        if (own < 0) {
            throw new IllegalStateException("Payara's domain.xml has no default-config any more.");
        }
        String config = stock.substring(0, own);
        config = Texts.replaceAll(
                config,
                "<network-listener port=\"8080\"",
                "<network-listener address=\"" + Node.HOST + "\" port=\"" + place.port() + "\"");
        config = Texts.replaceAll(
                config,
                "<network-listener port=\"4848\"",
                "<network-listener address=\"" + Node.HOST + "\" port=\"" + place.adminPort() + "\"");
        config = Texts.replaceAll(config, "<network-listener port=\"8181\"[^>]*></network-listener>", "");
        // Without this there is a broker at a port that is always the same.
        config = Texts.replaceAll(
                config,
                "<iiop-service>",
                "<jms-service type=\"DISABLED\" default-jms-host=\"none\">"
                        + "<jms-host name=\"none\" host=\"" + Node.HOST + "\" lazy-init=\"false\"/></jms-service>"
                        + "<iiop-service>");
        config = Texts.replaceAll(config, "<jmx-connector ", "<jmx-connector enabled=\"false\" ");
        config = Texts.replaceAll(config, "<iiop-listener ", "<iiop-listener enabled=\"false\" ");
        config = Texts.replaceAll(
                config, "<hazelcast-runtime-configuration ", "<hazelcast-runtime-configuration enabled=\"false\" ");
        return config + stock.substring(own);
    }

    /** Asked of asadmin, which composes it from the domain's configuration. */
    @Override
    public List<String> command(Path javaHome, List<String> vmArguments) {
        List<String> command = dryRun(javaHome);
        command.addAll(1, vmArguments);
        // The master password would be read there, and it is the default one.
        command.set(command.indexOf("-read-stdin") + 1, "false");
        return command;
    }

    private List<String> dryRun(Path javaHome) {
        try {
            ProcessBuilder asadmin = new ProcessBuilder(
                            javaHome.resolve("bin/java").toString(),
                            "-jar",
                            place.home()
                                    .resolve("glassfish/lib/client/appserver-cli.jar")
                                    .toString(),
                            "start-domain",
                            "--dry-run",
                            "--domaindir",
                            place.base().toString(),
                            DOMAIN)
                    .redirectErrorStream(true)
                    .redirectOutput(place.base().resolve("dry-run.txt").toFile());
            // It goes by these rather than by the Java that it runs on itself.
            asadmin.environment().put("AS_JAVA", javaHome.toString());
            asadmin.environment().put("JAVA_HOME", javaHome.toString());
            Process answer = asadmin.start();
            if (!answer.waitFor(DRY_RUN_SECONDS, TimeUnit.SECONDS)) {
                answer.destroyForcibly();
                throw new IllegalStateException("asadmin did not answer within " + DRY_RUN_SECONDS + " s.");
            }
            List<String> lines = Files.readAllLines(place.base().resolve("dry-run.txt"));
            int first = lines.indexOf(javaHome.resolve("bin/java").toString());
            int end = lines.indexOf("");
            if (first < 0 || end < first) {
                throw new IllegalStateException("asadmin did not tell the command line: " + lines);
            }
            return new ArrayList<>(lines.subList(first, end));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public Path logs() {
        return domain().resolve("logs");
    }

    /** The domain keeps what was deployed; a new one finds the war in its directory for that. */
    @Override
    public void install(Path war) {
        try {
            Path autodeploy = Files.createDirectories(domain().resolve("autodeploy"));
            Files.copy(war, autodeploy.resolve(Node.CONTEXT.substring(1) + ".war"));
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
    public Optional<String> dataSourceName() {
        return Optional.of("jdbc/fleetman");
    }

    /** As an operator does: the driver in the domain's lib, and the pool and its name in the configuration. */
    @Override
    public void configureDataSource(String url, String user) {
        try {
            Files.copy(Server.driver(), domain().resolve("lib/postgresql.jar"), REPLACE_EXISTING);
            Path xml = domain().resolve("config/domain.xml");
            String name = dataSourceName().orElseThrow();
            String pool = """
                    <jdbc-connection-pool name="fleetman" res-type="javax.sql.DataSource"
                        datasource-classname="org.postgresql.ds.PGSimpleDataSource">
                      <property name="url" value="%s"/>
                      <property name="user" value="%s"/>
                      <property name="password" value="not asked for"/>
                    </jdbc-connection-pool>
                    <jdbc-resource jndi-name="%s" pool-name="fleetman"/>
                    </resources>""".formatted(url.replace("&", "&amp;"), user, name);
            String text = Texts.replace(Files.readString(xml), "</resources>", pool);
            Files.writeString(
                    xml,
                    Texts.replace(
                            text,
                            "<resource-ref ref=\"jdbc/__default\"",
                            "<resource-ref ref=\"" + name + "\"/><resource-ref ref=\"jdbc/__default\""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It reads all classes before it asks the application; what it says itself is clear, too. */
    @Override
    public String refusalOfOldJava() {
        return "has unsupported major or minor version numbers, which are greater than those found in the Java Runtime";
    }

    @Override
    public void deploy(Path war) {
        say("deploy", "name", name(), "contextroot", Node.CONTEXT, "force", "true", "DEFAULT", war.toString());
    }

    @Override
    public void undeploy() {
        say("undeploy", "DEFAULT", name());
    }

    @Override
    public void stopApplication() {
        say("disable", "DEFAULT", name());
    }

    @Override
    public void startApplication() {
        say("enable", "DEFAULT", name());
    }

    private static String name() {
        return Node.CONTEXT.substring(1);
    }

    private void say(String command, String... parameters) {
        var query = new StringBuilder();
        for (int i = 0; i < parameters.length; i += 2) {
            query.append(i == 0 ? '?' : '&')
                    .append(parameters[i])
                    .append('=')
                    .append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
        }
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://" + Node.HOST + ":" + place.adminPort() + "/__asadmin/" + command + query))
                .header("X-Requested-By", "tests")
                .header("Accept", "text/plain")
                .timeout(LIMIT)
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200
                    || answer.body().contains("exit-code: FAILURE")
                    || answer.body().contains("\"FAILURE\"")) {
                throw new IllegalStateException("Payara refused " + command + ": " + answer.body());
            }
        } catch (IOException e) {
            throw new IllegalStateException("Payara's administration cannot be reached.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
