/** What the benchmark uses of a package that need not be installed. */
declare module 'regl-scatterplot' {
  interface Scatterplot {
    draw(points: { readonly x: Float32Array; readonly y: Float32Array }): Promise<void>;
    /** A 4 x 4 matrix, column-major. */
    view(matrix: Float32Array): Promise<void>;
    destroy(): void;
  }
  export default function createScatterplot(options: {
    readonly canvas: HTMLCanvasElement;
    readonly width: number;
    readonly height: number;
    readonly pointSize: number;
  }): Scatterplot;
}
