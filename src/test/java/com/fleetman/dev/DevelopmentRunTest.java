package com.fleetman.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The small parts of the development run that need no server. */
class DevelopmentRunTest {
    @Test
    void knowsTheArchiveOfEveryMachineThatItRunsOn() {
        assertThat(PostgresPrograms.archiveName("Linux", "amd64")).isEqualTo("postgres-linux-x86_64.txz");
        assertThat(PostgresPrograms.archiveName("Linux", "aarch64")).isEqualTo("postgres-linux-arm_64.txz");
        assertThat(PostgresPrograms.archiveName("Mac OS X", "x86_64")).isEqualTo("postgres-darwin-x86_64.txz");
        assertThat(PostgresPrograms.archiveName("Mac OS X", "aarch64")).isEqualTo("postgres-darwin-arm_64.txz");
    }

    @Test
    void showsTheApplicationOnlyWhatTomcatWouldShow() throws ClassNotFoundException {
        var classes = new ContainerClasses();

        assertThat(classes.loadClass("jakarta.servlet.Servlet")).isNotNull();
        assertThat(classes.loadClass("java.sql.Driver")).isNotNull();
        assertThatThrownBy(() -> classes.loadClass("org.postgresql.Driver")).isInstanceOf(ClassNotFoundException.class);
        assertThatThrownBy(() -> classes.loadClass(DevServer.class.getName()))
                .isInstanceOf(ClassNotFoundException.class);
        assertThat(classes.getResource("META-INF/services/java.sql.Driver")).isNull();
    }

    @Test
    void writesOneLinePerRecord() {
        var log = new LogRecord(Level.WARNING, "the first\n  and the second {0}");
        log.setLoggerName("com.fleetman.dev.Example");
        log.setParameters(new Object[] {"line"});

        assertThat(new Logs.Line().format(log))
                .endsWith(" WARNING Example: the first and the second line" + System.lineSeparator());
    }

    @Test
    void refusesInOneLine() {
        assertThat(new RefusedStart("first\n\tsecond\r\n third ")).hasMessage("first second third");
    }

    @Test
    void refusesToServeWhatIsNoWar(@TempDir Path empty) {
        assertThatThrownBy(() -> War.at(empty))
                .hasMessage("There is no exploded war at " + empty + "; start with: mvn -Prun");
    }

    @Test
    void showsNoSecretOfADatabase() {
        var database = new Database("jdbc:postgresql://db/fleetman?password=secret&ssl=true", "ana", "secret");

        assertThat(database.shown()).isEqualTo("jdbc:postgresql://db/fleetman");
        assertThat(database.toString()).doesNotContain("secret");
    }

    @Test
    void readsTheFirstTextOfAName() throws IOException {
        String json = "{\"data\":{\"token\" : \"abc\",\"user\":{\"id\":\"1\"},\"other\":{\"id\":\"2\"}}}";

        assertThat(DemoData.text(json, "token")).isEqualTo("abc");
        assertThat(DemoData.text(json, "id")).isEqualTo("1");
        assertThatThrownBy(() -> DemoData.text(json, "email")).isInstanceOf(IOException.class);
    }

    @Test
    void answersTomcatsOwnErrorsAsProblems() {
        assertThat(ProblemValve.body(414))
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"URI Too Long\",\"status\":414,"
                        + "\"code\":\"uri_too_long\",\"detail\":\"the request is not valid HTTP\"}");
        assertThat(ProblemValve.body(500)).contains("\"code\":\"internal_error\"");
    }
}
