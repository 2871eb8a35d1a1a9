/**
 * The machine room of the in-container tests ({@code *IT}, run by {@code mvn verify}): the real war on a stand-alone
 * Tomcat ({@link com.fleetman.testing.Node}) and a real PostgreSQL ({@link com.fleetman.testing.TestDatabase}), both on
 * random loopback ports, started once for all test classes and gone at the end.
 *
 * <p>A test class needs one annotation; it then talks HTTP to the war as {@code mvn package} made it:
 *
 * <pre>{@code
 * @InContainer
 * class InboxIT {
 *     @Test
 *     void answers() {
 *         get(Node.first().baseUri().resolve("health/ready"));
 *     }
 * }
 * }</pre>
 *
 * <p>The server keeps the war from one test class to the next, and the database stays, so every test makes its own users.
 * With {@code @InContainer(probes = true)} the war also has the test-only classes called {@code ...Probe}: resources that
 * tell or do what cannot be had from outside. What would change the application for others, an {@code @Alternative} bean
 * for example, takes a deployment of its own:
 *
 * <pre>{@code
 * @Deployment(testable = false)
 * static WebArchive war() {
 *     return Deployments.warWith(LossyWakeUps.class);
 * }
 * }</pre>
 *
 * <p>Faults: {@link com.fleetman.testing.Node#restartApplication} (a redeployment in the middle of traffic), {@link
 * com.fleetman.testing.Node#kill} and {@link com.fleetman.testing.Node#start} (SIGKILL of Tomcat and its return), {@link
 * com.fleetman.testing.TestDatabase#restart}. A cluster test calls {@code Node.second().start()}; the second node runs the
 * same war on the same database and is stopped after the class. One class: {@code mvn verify -Dit.test=InboxIT
 * -Dsurefire.failIfNoSpecifiedTests=false}. The servers' logs are in {@code target/it/node-1/logs}.
 */
@NullMarked
package com.fleetman.testing;

import org.jspecify.annotations.NullMarked;
