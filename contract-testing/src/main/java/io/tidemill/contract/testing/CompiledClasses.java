package io.tidemill.contract.testing;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.function.Predicate;

/** Finds a module's classes in its compiled files, so that a test's list can never be too short. */
public final class CompiledClasses {
    private final JavaClasses classes;

    private CompiledClasses(JavaClasses classes) {
        this.classes = classes;
    }

    /** Those of a package and the packages below it; test classes aside. */
    public static CompiledClasses of(String rootPackage) {
        return new CompiledClasses(
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages(rootPackage));
    }

    /** Classes that answer HTTP calls. */
    public List<Class<?>> resources() {
        return loaded(type -> type.isAnnotatedWith(Path.class) && !type.isInterface());
    }

    /** Top-level records of exactly this package. */
    public List<Class<?>> records(String inPackage) {
        return loaded(
                type ->
                        type.isRecord()
                                && type.isTopLevelClass()
                                && type.getPackageName().equals(inPackage));
    }

    private List<Class<?>> loaded(Predicate<JavaClass> wanted) {
        return classes.stream().filter(wanted).<Class<?>>map(JavaClass::reflect).toList();
    }
}
