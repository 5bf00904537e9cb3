/** Where randomness and inputs come from: seeds and hashes. */
package org.mtl4j.core.provenance;
