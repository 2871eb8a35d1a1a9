package com.fleetman;

import static com.tngtech.archunit.lang.conditions.ArchConditions.bePublic;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.fleetman.platform.Answer;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Keeps what the design says of packages, names and layers true. */
@AnalyzeClasses(packages = "com.fleetman", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "com.fleetman";

    /** Every package there may be, and which others of ours it may import. */
    private static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
            Map.entry("platform", Set.of()),
            Map.entry("platform.tomcat", Set.of("platform")),
            Map.entry("platform.server", Set.of("platform")),
            Map.entry("platform.traces", Set.of("platform")),
            Map.entry("description", Set.of("platform")),
            Map.entry("identity", Set.of("platform")),
            Map.entry("stream", Set.of("identity", "platform")),
            Map.entry("notification", Set.of("stream", "identity", "platform")),
            Map.entry("contact", Set.of("stream", "identity", "platform")),
            Map.entry("messaging", Set.of("contact", "notification", "stream", "identity", "platform")),
            Map.entry("fleet", Set.of("notification", "stream", "identity", "platform")),
            Map.entry(
                    "admin",
                    Set.of("fleet", "messaging", "contact", "notification", "stream", "identity", "platform")));

    @ArchTest
    static final ArchRule PACKAGES_IMPORT_WHAT_THE_TABLE_ALLOWS =
            classes().should(followTheTable()).because("features stay apart and the platform knows none of them");

    @ArchTest
    static final ArchRule ONLY_OUR_OWN_CHECK_DECIDES_WHO_MAY_CALL = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.annotation.security")
            .because("servers act on these annotations too, and know none of our accounts: see NeedsRole");

    @ArchTest
    static void everyEntityIsListed(JavaClasses classes) throws IOException {
        List<String> entities = classes.stream()
                .filter(type -> type.isAnnotatedWith(Entity.class))
                .map(type -> "<class>" + type.getName() + "</class>")
                .toList();
        try (InputStream file = ArchitectureTest.class.getResourceAsStream("/META-INF/persistence.xml")) {
            assertThat(new String(file.readAllBytes(), StandardCharsets.UTF_8)).contains(entities);
        }
        assertThat(entities).isNotEmpty();
    }

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule PACKAGES_ARE_NAMED_AFTER_FEATURES = noClasses()
            .should()
            .resideInAnyPackage(
                    "..util..",
                    "..utils..",
                    "..common..",
                    "..helper..",
                    "..helpers..",
                    "..impl..",
                    "..service..",
                    "..services..");

    @ArchTest
    static final ArchRule CLASSES_SAY_WHAT_THEY_DO = noClasses()
            .should()
            .haveNameMatching(".*(Impl|Manager|Utils|Util|Helper|Service)(\\$.*)?")
            .because("such a name says nothing of the domain");

    @ArchTest
    static final ArchRule NOTHING_IS_PRINTED = noClasses().should(GeneralCodingRules.ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule NOBODY_SLEEPS = noClasses()
            .should()
            .callMethodWhere(new DescribedPredicate<>("Thread.sleep is called") {
                @Override
                public boolean test(com.tngtech.archunit.core.domain.JavaMethodCall call) {
                    return call.getTargetOwner().isEquivalentTo(Thread.class)
                            && call.getName().equals("sleep");
                }
            });

    /** The token library has no other type for a time. */
    @ArchTest
    static final ArchRule TIMES_ARE_INSTANTS = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(ROOT + ".identity.AccessTokens")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Date");

    @ArchTest
    static final ArchRule RESOURCES_ARE_PUBLIC_AND_APPLICATION_SCOPED = classes()
            .that()
            .areAnnotatedWith(Path.class)
            .should(bePublic())
            .andShould()
            .beAnnotatedWith(ApplicationScoped.class);

    @ArchTest
    static final ArchRule ENTITIES_DO_NOT_LEAVE_THE_SERVER = methods()
            .that()
            .areDeclaredInClassesThat()
            .areAnnotatedWith(Path.class)
            .should(notReturnEntities());

    private static ArchCondition<JavaClass> followTheTable() {
        return new ArchCondition<>("be in a package of the table and import only what it allows") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                String own = feature(type);
                Set<String> allowed = MAY_IMPORT.get(own);
                if (allowed == null) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " is in no package of the table"));
                    return;
                }
                type.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> isOurs(dependency.getTargetClass()))
                        .filter(dependency ->
                                !feature(dependency.getTargetClass()).equals(own))
                        .filter(dependency -> !allowed.contains(feature(dependency.getTargetClass())))
                        .map(Dependency::getDescription)
                        .forEach(text -> events.add(SimpleConditionEvent.violated(type, text)));
            }
        };
    }

    private static boolean isOurs(JavaClass type) {
        String name = type.getBaseComponentType().getPackageName();
        return name.equals(ROOT) || name.startsWith(ROOT + ".");
    }

    private static String feature(JavaClass type) {
        String name = type.getBaseComponentType().getPackageName();
        return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
    }

    private static ArchCondition<JavaMethod> notReturnEntities() {
        return new ArchCondition<>("not return JPA entities, by themselves or in an answer") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                method.getReturnType().getAllInvolvedRawTypes().stream()
                        .filter(type -> type.isAnnotatedWith(Entity.class))
                        .forEach(type -> events.add(SimpleConditionEvent.violated(
                                method, method.getFullName() + " returns " + type.getName())));
            }
        };
    }

    /** A rule that nothing can break proves nothing. */
    @TestFactory
    Stream<DynamicTest> everyRuleCanFail() {
        var wrong = new ClassFileImporter().importClasses(WrongManager.class, WrongResource.class, WrongEntity.class);
        return Map.of(
                        "table", PACKAGES_IMPORT_WHAT_THE_TABLE_ALLOWS,
                        "names", CLASSES_SAY_WHAT_THEY_DO,
                        "printing", NOTHING_IS_PRINTED,
                        "sleeping", NOBODY_SLEEPS,
                        "dates", TIMES_ARE_INSTANTS,
                        "resources", RESOURCES_ARE_PUBLIC_AND_APPLICATION_SCOPED,
                        "entities", ENTITIES_DO_NOT_LEAVE_THE_SERVER)
                .entrySet()
                .stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(),
                        () -> assertThat(rule.getValue().evaluate(wrong).hasViolation())
                                .isTrue()));
    }

    @SuppressWarnings({"SystemOut", "ThreadSleepMillis", "unused"})
    static class WrongManager {
        static Object printLate(Date date) throws InterruptedException {
            Thread.sleep(1);
            System.out.println("printed");
            return date;
        }
    }

    @Entity
    static class WrongEntity {
        @Id
        long id;
    }

    @Path("wrong")
    static class WrongResource {
        @GET
        public Answer<List<WrongEntity>> list() {
            return Answer.of(List.of());
        }
    }
}
