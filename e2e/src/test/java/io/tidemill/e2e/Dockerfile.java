package io.tidemill.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A Dockerfile of this project, as far as tests look into it: no variables, no heredocs.
 *
 * @param name of the file
 */
record Dockerfile(String name, List<Stage> stages) {
    static final Path FOLDER = Tidemill.HOME.resolve("src").resolve("main").resolve("docker");

    /** What {@code FROM} begins, with the instructions that follow. */
    record Stage(String name, String base, List<Instruction> instructions) {

        Stream<Instruction> all(String keyword) {
            return instructions.stream().filter(one -> one.keyword().equals(keyword));
        }

        /** The arguments of the last one of its kind, which is the one that counts. */
        String last(String keyword) {
            return all(keyword).reduce((_, later) -> later).map(Instruction::arguments).orElse("");
        }
    }

    /** One line, continuations included. */
    record Instruction(String keyword, String arguments) {

        /** The value of {@code --option=…}. */
        Optional<String> option(String option) {
            String prefix = "--" + option + "=";
            return words().filter(word -> word.startsWith(prefix))
                    .map(word -> word.substring(prefix.length()))
                    .findFirst();
        }

        /** Of a {@code COPY}: all but its options and the last word. */
        List<String> sources() {
            List<String> paths = paths();
            return paths.subList(0, paths.size() - 1);
        }

        String target() {
            return paths().getLast();
        }

        private List<String> paths() {
            return words().filter(word -> !word.startsWith("--")).toList();
        }

        private Stream<String> words() {
            return Arrays.stream(arguments.split("\\s+"));
        }
    }

    static Dockerfile read(String name) throws IOException {
        List<Stage> stages = new ArrayList<>();
        for (Instruction instruction : instructions(Files.readString(FOLDER.resolve(name)))) {
            if (instruction.keyword().equals("FROM")) {
                String[] words = instruction.arguments().split("\\s+");
                stages.add(new Stage(words[2], words[0], new ArrayList<>()));
            } else {
                stages.getLast().instructions().add(instruction);
            }
        }
        return new Dockerfile(name, stages);
    }

    private static List<Instruction> instructions(String text) {
        return text.replaceAll("(?m)^\\s*#.*\\R", "")
                .replaceAll("\\\\\\R", " ")
                .lines()
                .map(String::strip)
                .filter(Predicate.not(String::isEmpty))
                .map(line -> line.split("\\s+", 2))
                .map(parts -> new Instruction(parts[0], parts[1]))
                .toList();
    }

    Optional<Stage> stage(String name) {
        return stages.stream().filter(stage -> stage.name().equals(name)).findFirst();
    }

    /** The stage and those it is built upon. */
    List<Stage> lineage(Stage stage) {
        List<Stage> lineage = new ArrayList<>(List.of(stage));
        stage(stage.base()).ifPresent(base -> lineage.addAll(lineage(base)));
        return lineage;
    }

    @Override
    public String toString() {
        return name;
    }
}
