package com.fleetman.description;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the build runs after it has compiled: writes {@code openapi.json} and {@code asyncapi.json}. */
final class DescribeApi {
    private static final ObjectMapper JSON = new ObjectMapper();

    private DescribeApi() {}

    /** @param arguments the directory of the sources, the directory to write into, and the version of the product */
    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createDirectories(Path.of(arguments[1]));
        try (var sources = Sources.read(Path.of(arguments[0]), System.getProperty("java.class.path"))) {
            var code = new CodeReader(sources);
            write(directory.resolve("openapi.json"), new OpenApi(sources, code).document(arguments[2]));
            write(directory.resolve("asyncapi.json"), new AsyncApi(sources, code).document(arguments[2]));
        }
    }

    private static void write(Path file, ObjectNode document) throws IOException {
        var printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
        Files.writeString(file, JSON.writer(printer).writeValueAsString(document) + "\n");
    }
}
