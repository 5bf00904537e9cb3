package org.mtl4j.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Model;
import org.apache.maven.model.building.ModelBuildingException;
import org.junit.jupiter.api.Test;

/** The native poms bring the one jar that they promise, as Maven itself reads them. */
class NativePomsTest {
  @Test
  void theProcessorsPomBringsTheJarOfThePlatformItIsBuiltOn() throws Exception {
    assertThat(natives("mtl-native-cpu")).containsExactly(jar(platform()));
  }

  @Test
  void theProcessorsPomKnowsEachPlatformOnce() throws Exception {
    for (String platform :
        List.of("linux-x86_64", "linux-arm64", "macosx-arm64", "windows-x86_64")) {
      assertThat(nativesOf(Poms.read("mtl-native-cpu", platform))).contains(jar(platform));
    }
  }

  @Test
  void theGpuPomBringsTheJarOfNvidiaGpus() throws Exception {
    assertThat(natives("mtl-native-gpu")).containsExactly(jar("linux-x86_64-gpu"));
  }

  @Test
  void theCommandRunsOnTheProcessorUnlessTheGpuProfileIsOn() throws Exception {
    assertThat(nativePoms(Poms.read("mtl-cli"))).containsExactly("mtl-native-cpu");
    assertThat(nativePoms(Poms.read("mtl-cli", "gpu"))).containsExactly("mtl-native-gpu");
  }

  private static List<String> natives(String module) throws ModelBuildingException {
    return nativesOf(Poms.read(module));
  }

  private static List<String> nativesOf(Model model) {
    return model.getDependencies().stream()
        .map(d -> d.getArtifactId() + ":" + d.getClassifier())
        .toList();
  }

  private static String jar(String classifier) {
    return "tensorflow-core-native:" + classifier;
  }

  private static List<String> nativePoms(Model model) {
    return model.getDependencies().stream()
        .map(Dependency::getArtifactId)
        .filter(name -> name.startsWith("mtl-native-"))
        .toList();
  }

  /** TensorFlow's name of this machine. */
  private static String platform() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x86_64";
    return (os.startsWith("mac") ? "macosx" : os.startsWith("win") ? "windows" : os) + "-" + arch;
  }
}
