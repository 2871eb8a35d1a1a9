# FleetMan on Payara Micro. Build it from the project's directory:
# docker build -f docker/payara.Dockerfile -t fleetman:payara .

FROM node:22.12.0-bookworm-slim AS node

FROM maven:3.9.16-eclipse-temurin-25-noble AS build
ARG PAYARA_VERSION=6.2025.10
WORKDIR /source
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -ntp org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy -Dmdep.stripVersion=true \
        -Dartifact=fish.payara.extras:payara-micro:${PAYARA_VERSION} -DoutputDirectory=/server
# For the web interface.
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules/npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
COPY .mvn .mvn
COPY pom.xml .
COPY src src
RUN --mount=type=cache,target=/root/.m2 mvn -B -ntp -Dmaven.test.skip=true package

FROM eclipse-temurin:25.0.4_7-jre-noble
# Payara Micro unpacks itself below the temporary directory. The health check and the port are one pair.
ENV JDK_JAVA_OPTIONS="-XX:MaxRAMPercentage=70 -XX:+ExitOnOutOfMemoryError -XX:+UseCompactObjectHeaders"
WORKDIR /srv/fleetman
RUN groupadd --gid 10001 fleetman \
    && useradd --uid 10001 --gid fleetman --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin fleetman
COPY docker/payara/preboot.txt preboot.txt
COPY docker/healthcheck /usr/local/bin/healthcheck
COPY --from=build /server/payara-micro.jar payara-micro.jar
COPY --from=build /source/target/fleetman.war fleetman.war

USER 10001:10001
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=180s --retries=3 CMD ["healthcheck"]
STOPSIGNAL SIGTERM
# No start script of the base image: Java is process 1 and gets the signal.
ENTRYPOINT ["java", "-jar", "payara-micro.jar"]
CMD ["--nocluster", "--nohostaware", "--disablephonehome", "--port", "8080", "--prebootcommandfile", "preboot.txt", "--contextroot", "/", "--deploy", "fleetman.war"]
