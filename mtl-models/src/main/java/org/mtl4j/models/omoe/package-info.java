/** A mixture of experts with one gate: the baseline of Ma and others 2018. */
package org.mtl4j.models.omoe;
