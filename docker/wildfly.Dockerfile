# FleetMan on WildFly. Build it from the project's directory:
# docker build -f docker/wildfly.Dockerfile -t fleetman:wildfly .

FROM node:22.12.0-bookworm-slim AS node

FROM maven:3.9.16-eclipse-temurin-25-noble AS build
ARG WILDFLY_VERSION=39.0.1.Final
WORKDIR /source
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -ntp org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy \
        -Dartifact=org.wildfly:wildfly-dist:${WILDFLY_VERSION}:tar.gz -DoutputDirectory=/server \
    && mkdir /wildfly \
    && tar --extract --gzip --strip-components=1 --directory /wildfly --file /server/wildfly-dist-${WILDFLY_VERSION}.tar.gz
COPY docker/wildfly/configure.cli /wildfly/
RUN /wildfly/bin/jboss-cli.sh --file=/wildfly/configure.cli \
    && rm -r /wildfly/standalone/configuration/standalone_xml_history /wildfly/standalone/log /wildfly/standalone/data \
        /wildfly/standalone/tmp /wildfly/domain /wildfly/docs /wildfly/configure.cli
# For the web interface.
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules/npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
COPY .mvn .mvn
COPY pom.xml .
COPY src src
RUN --mount=type=cache,target=/root/.m2 mvn -B -ntp -Dmaven.test.skip=true package

FROM eclipse-temurin:25.0.4_7-jre-noble
# With the first variable the start script passes signals on; the second takes the place of a fixed heap.
ENV LAUNCH_JBOSS_IN_BACKGROUND=true \
    JBOSS_JAVA_SIZING="-XX:MaxRAMPercentage=70 -XX:+ExitOnOutOfMemoryError -XX:+UseCompactObjectHeaders"
WORKDIR /srv/fleetman
RUN groupadd --gid 10001 fleetman \
    && useradd --uid 10001 --gid fleetman --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin fleetman
COPY docker/healthcheck /usr/local/bin/healthcheck
COPY --from=build /wildfly .
# WildFly writes beside its configuration and its deployments.
COPY --from=build --chown=10001:10001 /wildfly/standalone standalone
# The name ROOT makes it the application at /.
COPY --from=build --chown=10001:10001 /source/target/fleetman.war standalone/deployments/ROOT.war

USER 10001:10001
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=180s --retries=3 CMD ["healthcheck"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["bin/standalone.sh"]
CMD ["-b", "0.0.0.0"]
