package com.fleetman.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Lays out the directory of one Tomcat instance: the stock configuration on another port, and the manager to deploy. */
final class CatalinaBase {

    private CatalinaBase() {}

    static void create(Server.Place place) {
        Path base = place.base();
        Path home = place.home();
        try {
            Directories.delete(base);
            for (String directory : List.of("conf/Catalina/localhost", "logs", "temp", "webapps", "work")) {
                Files.createDirectories(base.resolve(directory));
            }
            Directories.copyFiles(home.resolve("conf"), base.resolve("conf"));
            Files.writeString(base.resolve("conf/server.xml"), serverXml(home, place.port()));
            Files.writeString(base.resolve("conf/tomcat-users.xml"), """
                    <tomcat-users xmlns="http://tomcat.apache.org/xml" version="1.0">
                      <user username="%s" password="%s" roles="manager-script"/>
                    </tomcat-users>
                    """.formatted(Manager.USER, Manager.PASSWORD));
            Files.writeString(
                    base.resolve("conf/Catalina/localhost/manager.xml"),
                    "<Context docBase=\"${catalina.home}/webapps/manager\" privileged=\"true\"/>\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String serverXml(Path home, int port) throws IOException {
        return Texts.replace(
                Texts.replace(
                        Files.readString(home.resolve("conf/server.xml")),
                        "<Server port=\"8005\"",
                        "<Server port=\"-1\""),
                "<Connector port=\"8080\"",
                // A small send buffer, or the kernel takes megabytes for a client that reads nothing.
                "<Connector bindOnInit=\"${fleetman.test.bind.on.init:-true}\" socket.txBufSize=\"32768\" port=\""
                        + port + "\" address=\"" + Node.HOST + "\"");
    }
}
