package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.LogbackServiceProvider;
import com.fasterxml.jackson.databind.cfg.PackageVersion;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.spi.SLF4JServiceProvider;
import org.yaml.snakeyaml.Yaml;

/** MTL4J's libraries beside Spring Boot's: who decides, and that none is there twice. */
class LibrariesTest {
  @Test
  void springBootDecidesWhatBothUse() {
    assertThat(PackageVersion.VERSION).hasToString(System.getProperty("boot.jackson"));
    assertThat(jarOf(Yaml.class)).contains("-" + System.getProperty("boot.snakeyaml") + ".jar");
    assertThat(jarOf(Test.class)).contains("-" + System.getProperty("boot.junit") + ".jar");
  }

  @Test
  void oneProviderOfSlf4jIsThereAndItIsSpringBoots() {
    assertThat(ServiceLoader.load(SLF4JServiceProvider.class))
        .singleElement()
        .isInstanceOf(LogbackServiceProvider.class);
  }

  @Test
  void noClassIsInTwoJars() throws IOException {
    Map<String, List<String>> jarsByClass = new TreeMap<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (entry.endsWith(".jar")) {
        try (JarFile jar = new JarFile(entry)) {
          jar.stream()
              .map(file -> file.getName())
              .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
              .filter(name -> !name.startsWith("META-INF/"))
              .forEach(
                  name -> jarsByClass.computeIfAbsent(name, n -> new ArrayList<>()).add(entry));
        }
      }
    }
    assertThat(jarsByClass).containsKey("org/mtl4j/experiment/Experiment.class");
    jarsByClass.values().removeIf(jars -> jars.size() == 1);
    assertThat(jarsByClass).isEmpty();
  }

  @Test
  void theApplicationKnowsNothingOfGuice() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src", "main"))) {
      List<Path> java = files.filter(file -> file.toString().endsWith(".java")).toList();
      assertThat(java).isNotEmpty();
      assertThat(java)
          .allSatisfy(
              file ->
                  assertThat(Files.readString(file))
                      .doesNotContain("com.google.inject", "org.mtl4j.experiment.wiring"));
    }
  }

  private static String jarOf(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation().getPath();
  }
}
