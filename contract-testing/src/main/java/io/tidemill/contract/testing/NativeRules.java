package io.tidemill.contract.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvent;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;

/** What keeps a service ready to be compiled to a native executable. */
public final class NativeRules {
    /** A native executable has only what somebody has told of beforehand. */
    public static final ArchRule NO_REFLECTION =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("java.lang.reflect..")
                    .orShould()
                    .dependOnClassesThat()
                    .belongToAnyOf(ServiceLoader.class, ClassLoader.class)
                    .orShould()
                    .callMethod(Class.class, "forName", String.class)
                    .because(
                            "a native executable has no classes but those that calls lead to; name"
                                    + " the class in the code, or have Quarkus inject it")
                    .allowEmptyShould(true);

    /** Packages whose classes ask the machine, or start threads, when asked for the first time. */
    private static final Set<String> MACHINE =
            Set.of(
                    "java.io.File",
                    "java.lang.Process",
                    "java.lang.ProcessBuilder",
                    "java.lang.ProcessHandle",
                    "java.lang.Runtime",
                    "java.lang.System",
                    "java.lang.Thread",
                    "java.lang.foreign.Linker",
                    "java.net.InetAddress",
                    "java.net.http.HttpClient",
                    "java.nio.file.Files",
                    "java.security.SecureRandom",
                    "java.util.Random",
                    "java.util.concurrent.Executors");

    private static final Set<String> MOMENT =
            Set.of("java.util.UUID.randomUUID", "java.time.Instant.now");

    private static final DescribedPredicate<JavaClass> OURS =
            JavaClass.Predicates.resideInAPackage("io.tidemill..");

    private NativeRules() {}

    /** Files on the class path are registered by name, so few may read any. */
    public static ArchRule resourcesAreReadBy(Class<?>... readers) {
        return noClasses()
                .that()
                .doNotBelongToAnyOf(readers)
                .should()
                .callMethod(Class.class, "getResourceAsStream", String.class)
                .orShould()
                .callMethod(Class.class, "getResource", String.class)
                .because(
                        "a native executable has only the files that"
                                + " quarkus.native.resources.includes names; see to that, then name"
                                + " the class here")
                .allowEmptyShould(true);
    }

    /**
     * Classes are initialised while the executable is compiled, on another machine at another time.
     *
     * @param atRunTime the package that the compiler is told to leave for later
     */
    public static ArchRule nothingOfTheMachineIsKept(String atRunTime) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(atRunTime)
                .should(askTheMachineWhenInitialised())
                .because(
                        "a native image keeps what a static initialiser found out where it was"
                                + " compiled; ask when it is needed, or put the class where the"
                                + " compiler is told --initialize-at-run-time")
                .allowEmptyShould(true);
    }

    private static ArchCondition<JavaClass> askTheMachineWhenInitialised() {
        return new ArchCondition<>("ask the machine when initialised") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getStaticInitializer()
                        .ifPresent(
                                start ->
                                        follow(start, new HashSet<>()).stream()
                                                .map(call -> event(type, call))
                                                .forEach(events::add));
            }
        };
    }

    private static ConditionEvent event(JavaClass type, JavaAccess<?> call) {
        return SimpleConditionEvent.satisfied(type, call.getDescription());
    }

    /** All calls to the machine that it leads to within our own code. */
    private static List<JavaAccess<?>> follow(JavaCodeUnit from, Set<JavaCodeUnit> seen) {
        if (!seen.add(from)) {
            return List.of();
        }
        return from.getAccessesFromSelf().stream()
                .flatMap(
                        access ->
                                asksTheMachine(access)
                                        ? List.<JavaAccess<?>>of(access).stream()
                                        : next(access, seen).stream())
                .toList();
    }

    private static List<JavaAccess<?>> next(JavaAccess<?> access, Set<JavaCodeUnit> seen) {
        return access instanceof JavaMethodCall call
                        && OURS.test(call.getTargetOwner())
                        && call.getTarget().resolveMember().isPresent()
                ? follow(call.getTarget().resolveMember().get(), seen)
                : List.of();
    }

    private static boolean asksTheMachine(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        return (MACHINE.contains(owner) && !access.getTarget().getName().equals("arraycopy"))
                || MOMENT.contains(owner + "." + access.getTarget().getName());
    }
}
