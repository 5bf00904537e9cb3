package org.mtl4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive of a server's classes, and what the launcher makes of one. */
class ClassArchiveTest {
  @TempDir private Path folder;

  private record Said(int code, String out, String err) {}

  /** The launcher as {@code bin/mtl} uses it, with a Java and an archive. */
  private Said launched(String java, Path archive, String classPath, String argument)
      throws IOException, InterruptedException {
    Path launcher = Path.of(System.getProperty("mtl.root"), "mtl-cli/src/main/launcher/launch.sh");
    String script =
        ". '%s'; java='%s'; release=17; archive='%s'; launch \"%s\" %s"
            .formatted(launcher, java, archive, classPath, argument);
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder shell = new ProcessBuilder("sh", "-c", script);
    shell.environment().keySet().removeAll(List.of("MTL_JAVA_OPTS", "JAVA_TOOL_OPTIONS"));
    int code = shell.redirectOutput(out.toFile()).redirectError(err.toFile()).start().waitFor();
    return new Said(code, Files.readString(out), Files.readString(err));
  }

  private static String thisJava() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  @Test
  void jarsComeInTheOrderOfTheirBytes() throws Exception {
    for (String name : List.of("b.jar", "a-2.jar", "B.jar", "a.jar", "note.txt")) {
      Files.createFile(folder.resolve(name));
    }
    Path archive = folder.resolve("none.jsa");
    String path = "$(jars '%s')".formatted(folder);
    List<String> words = launched("echo", archive, path, "").out().lines().toList();
    assertThat(words.get(0))
        .contains(
            "-cp %1$s/B.jar:%1$s/a-2.jar:%1$s/a.jar:%1$s/b.jar org.mtl4j.cli.Main"
                .formatted(folder))
        .contains("-Dmtl.class.archive=" + archive)
        .doesNotContain("SharedArchiveFile");
    Files.createFile(archive);
    assertThat(launched("echo", archive, path, "").out())
        .contains("-XX:SharedArchiveFile=" + archive);
  }

  @Test
  void anArchiveOfNoUseIsNotHeardOf() throws Exception {
    Path archive = Files.writeString(folder.resolve("mtl4j.jsa"), "of another Java, say");
    Said said = launched(thisJava(), archive, System.getProperty("java.class.path"), "--version");
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(said.err()).isEmpty();
    assertThat(said.out()).startsWith("mtl ").hasLineCount(2);
  }

  @Test
  void foldersOfClassesAreRefused() {
    Path file = folder.resolve("mtl4j.jsa");
    Cli.Ran ran = Cli.run("archive-classes", file.toString());
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("Expected classes in jars, found a folder of them");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  @Tag("slow")
  void aServersClassesComeFromItsArchive() throws Exception {
    String jars = jars();
    Path archive = folder.resolve("mtl4j.jsa");
    Said made =
        launched(thisJava(), archive, jars, "archive-classes --folder '%s'".formatted(folder));
    assertThat(made.code()).as(made.err()).isZero();
    try (var left = Files.list(folder)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .contains("mtl4j.jsa")
          .noneMatch(name -> name.startsWith(".unfinished") || name.startsWith("mtl-bench"));
    }
    Process java =
        new ProcessBuilder(
                thisJava(),
                "-XX:+UseG1GC",
                "-XX:SharedArchiveFile=" + archive,
                "-Xlog:class+load",
                "-cp",
                jars,
                "org.mtl4j.cli.Main",
                "--version")
            .start();
    String loaded = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(loaded).containsPattern("org.mtl4j.cli.Mtl source: shared objects file \\(top\\)");
  }

  /** This test's class path, its folders as jars. */
  private String jars() {
    List<String> places = new ArrayList<>();
    for (String place : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      String jar = folder.resolve("classes-" + places.size() + ".jar").toString();
      if (Files.isDirectory(Path.of(place))) {
        ToolProvider tool = ToolProvider.findFirst("jar").orElseThrow();
        assertThat(tool.run(System.out, System.err, "cf0", jar, "-C", place, ".")).isZero();
        places.add(jar);
      } else if (Files.exists(Path.of(place))) {
        places.add(place);
      }
    }
    return String.join(File.pathSeparator, places);
  }
}
