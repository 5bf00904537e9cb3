package org.mtl4j.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Model;
import org.apache.maven.model.building.ModelBuildingException;
import org.junit.jupiter.api.Test;

/**
 * What somebody gets who imports mtl-bom: one version of each module, and no say in other things.
 */
class BomTest {
  @Test
  void itManagesTheModulesThatAnApplicationUsesAndNothingElse() throws ModelBuildingException {
    Model root = Poms.read(".");
    List<String> modules = new ArrayList<>(root.getModules());
    // A command is started, not depended on.
    modules.removeAll(List.of("mtl-bom", "mtl-cli"));
    assertThat(Poms.read("mtl-bom").getDependencyManagement().getDependencies())
        .allSatisfy(d -> assertThat(d.getGroupId()).isEqualTo("org.mtl4j"))
        .allSatisfy(d -> assertThat(d.getVersion()).isEqualTo(root.getVersion()))
        .extracting(Dependency::getArtifactId)
        .containsExactlyInAnyOrderElementsOf(modules);
  }

  @Test
  void itHasNoParentWhoseVersionsWouldComeAlong() throws ModelBuildingException {
    Model bom = Poms.read("mtl-bom");
    assertThat(bom.getParent()).isNull();
    assertThat(bom.getVersion()).isEqualTo(Poms.read(".").getVersion());
  }
}
