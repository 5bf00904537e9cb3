/** Multi-gate mixture-of-experts: Ma and others 2018. */
package org.mtl4j.models.mmoe;
